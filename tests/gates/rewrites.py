"""Rewrites that a careful editor makes, written down before there was a gate to let them through."""

from __future__ import annotations

GOOD: dict[str, tuple[str, str]] = {
    "a simpler phrase": (
        "Run the setup program in order to install the agent on the server.",
        "Run the setup program to install the agent on the server.",
    ),
    "a polite word less": (
        "Please make sure that the server is running before you open the console.",
        "Make sure that the server is running before you open the console.",
    ),
    "a long sentence split": (
        "The service reads its settings from the registry when it starts and it writes every change to the "
        "log file, which you can find in the installation folder.",
        "The service reads its settings from the registry when it starts. It writes every change to the log "
        "file, which you can find in the installation folder.",
    ),
    "two sentences joined": (
        "Open the project folder. Then run the build script.",
        "Open the project folder, and then run the build script.",
    ),
    "the active voice": (
        "The configuration file is read by the service each time the service is started.",
        "The service reads the configuration file each time it starts.",
    ),
    "grammar": (
        "The commands in this section lists all the volume that was created by the driver.",
        "The commands in this section list all the volumes that were created by the driver.",
    ),
    "a condition first": (
        "You must restart the gateway if you change the certificate.",
        "If you change the certificate, you must restart the gateway.",
    ),
    "a noun for a pronoun": (
        "The agent sends the report to the collector. It must be running before the first report arrives.",
        "The agent sends the report to the collector. The collector must be running before the first report "
        "arrives.",
    ),
    "a shorter verb": (
        "Utilize the `Get-Item` cmdlet to retrieve the properties of the file.",
        "Use the `Get-Item` cmdlet to get the properties of the file.",
    ),
    "no detour": (
        "It is important to note that the cache isn't cleared when the session ends.",
        "Note that the cache isn't cleared when the session ends.",
    ),
    "a contraction written out": (
        "You can't remove a group that doesn't have an owner.",
        "You cannot remove a group that does not have an owner.",
    ),
    "a verb for a noun": (
        "To perform an installation of the module, run the following command.",
        "To install the module, run the following command.",
    ),
    "a smaller word": (
        "The backup will be terminated in the event that the disk is full after 30 minutes.",
        "The backup will be stopped if the disk is full after 30 minutes.",
    ),
    "a digit for a word": (
        "The installer creates two folders and a shortcut.",
        "The installer creates 2 folders and a shortcut.",
    ),
    "a unit spaced": (
        "The file must not be larger than 3MB, or the upload fails.",
        "The file must not be larger than 3 MB, or the upload fails.",
    ),
    "links and code kept": (
        "For more information with regard to the way the `--retry` option works, you can see the "
        "[list of options](options.md#retry).",
        "For more information about how the `--retry` option works, you can see the "
        "[list of options](options.md#retry).",
    ),
    "emphasis kept": (
        "On the **Networking** tab, you should make a selection of the network that you created in step 2.",
        "On the **Networking** tab, you should select the network that you created in step 2.",
    ),
    "a list item": (
        "- Download the archive and after that extract the archive.\n- Copy the key.",
        "- Download the archive, and then extract it.\n- Copy the key.",
    ),
    "a cell": (
        "| Option | Meaning |\n|---|---|\n| `-q` | Makes it so that less output is printed |",
        "| Option | Meaning |\n|---|---|\n| `-q` | Prints less output |",
    ),
    "an alert": (
        "> [!NOTE]\n> In case that you don't specify a name, the name of the folder will be used.",
        "> [!NOTE]\n> If you don't specify a name, the name of the folder will be used.",
    ),
    "a relative clause": (
        "The key is stored in a vault. The vault is encrypted.",
        "The key is stored in a vault that is encrypted.",
    ),
    "a dangling start": (
        "After installing the driver, the computer should be restarted.",
        "After you install the driver, you should restart the computer.",
    ),
    "a double negation left alone": (
        "Do not delete the volume unless there is no other copy, since otherwise you might lose data.",
        "Don't delete the volume unless there is no other copy. Otherwise, you might lose data.",
    ),
    "names kept": (
        "Windows Subsystem for Linux is a feature of Windows 11 that allows developers to run Linux tools.",
        "Windows Subsystem for Linux is a Windows 11 feature that lets developers run Linux tools.",
    ),
    "wordy possession": (
        "The name of the owner of the repository has to be specified in the file `owners.txt`.",
        "You have to specify the repository owner's name in the file `owners.txt`.",
    ),
    "have to for must": (
        "In order for the update to work, you have to be a member of the Administrators group.",
        "For the update to work, you must be a member of the Administrators group.",
    ),
    "able to": (
        "With this setting you are able to see all the events of the last 24 hours.",
        "With this setting, you can see all the events of the last 24 hours.",
    ),
    "a wrapped paragraph": (
        "The tool compares the two folders and it lists the\nfiles that differ. The list is sorted "
        "by the name of\n"
        "the file.",
        "The tool compares the two folders and lists the\nfiles that differ. The list is sorted by "
        "the name of\n"
        "the file.",
    ),
    "a missing article": (
        "Create new user and give user the role of reader.",
        "Create a new user and give the user the role of reader.",
    ),
    "parallel items": (
        "You can use the panel for starting jobs, to stop jobs, and viewing of logs.",
        "You can use the panel to start jobs, stop jobs, and view logs.",
    ),
}
"""What it is, the section before, the section after."""


LATER: tuple[tuple[str, str], ...] = (
    (
        "If the connection is lost, the client tries to reconnect. The client tries 5 times.",
        "If the connection is lost, the client tries to reconnect 5 times.",
    ),
    (
        "There are three types of disks that are supported by the service.",
        "The service supports three types of disks.",
    ),
    (
        "The reason for this error is that the certificate has expired.",
        "This error occurs because the certificate has expired.",
    ),
    (
        "Due to the fact that the index is rebuilt at night, queries may be slow at that time.",
        "Because the index is rebuilt at night, queries may be slow at that time.",
    ),
    (
        "You can make use of filters in order to limit the number of results.",
        "You can use filters to limit the number of results.",
    ),
    (
        "Data that is older than 90 days is automatically deleted by the system.",
        "The system automatically deletes data that is older than 90 days.",
    ),
    (
        "Once the build has been completed, you'll see a message which says that it succeeded.",
        "When the build is complete, you'll see a message that says it succeeded.",
    ),
    (
        "The parameter is optional, however if it's not specified the default of 10 is used.",
        "The parameter is optional. However, if it isn't specified, the default of 10 is used.",
    ),
    (
        "Users who doesn't have permission can not see the page.",
        "Users who don't have permission can't see the page.",
    ),
    (
        "To get started, first of all open the **Settings** page, and after that select the **Users** tab.",
        "To get started, open the **Settings** page, and then select the **Users** tab.",
    ),
    (
        "The purpose of this setting is to specify the maximum number of connections.",
        "This setting specifies the maximum number of connections.",
    ),
    (
        "Note that it is not possible to rename a resource after it has been created.",
        "Note that you can't rename a resource after it is created.",
    ),
    (
        "When a request comes in the gateway it checks the token and forwards it.",
        "When a request comes in, the gateway checks the token and forwards the request.",
    ),
    (
        "Each of the nodes in the cluster has its own copy of the data.",
        "Each node in the cluster has its own copy of the data.",
    ),
    (
        "The API is used for creating, updating and the deletion of records.",
        "Use the API to create, update, and delete records.",
    ),
    (
        "The following table provides a description of the columns that are in the output.",
        "The following table describes the columns in the output.",
    ),
    (
        "An e-mail is sent to the owner by the service when the quota is exceeded.",
        "The service sends an e-mail to the owner when the quota is exceeded.",
    ),
    (
        "Ensure that you have the latest version of the tool installed on your machine.",
        "Make sure that the latest version of the tool is installed on your machine.",
    ),
    (
        "In most cases the default settings are sufficient, so there is no need to change them.",
        "In most cases, the default settings are enough, so you don't need to change them.",
    ),
    (
        "Its recommended to use a separate account for each of the environments.",
        "It's recommended to use a separate account for each environment.",
    ),
    (
        "The log contains the errors, the warnings, as well as information messages.",
        "The log contains errors, warnings, and information messages.",
    ),
    (
        "Please be aware that deleting a workspace also deletes all of the projects in it.",
        "Deleting a workspace also deletes all the projects in it.",
    ),
    (
        "For the purposes of testing, a local copy of the database can be used.",
        "For testing, you can use a local copy of the database.",
    ),
    (
        "The installer will prompt the user for entering a password.",
        "The installer will prompt the user to enter a password.",
    ),
)
"""Of thirty more, written when the gates were there, twenty left at first and these do now."""

STRICT: tuple[tuple[str, str, str], ...] = (
    (
        "Before proceeding with the installation, you are required to close all running applications.",
        "Before you install it, you must close all running applications.",
        "no-words-dropped",
    ),
    (
        "This command returns a list of the users which are members of the group.",
        "This command lists the users who are members of the group.",
        "no-words-dropped",
    ),
    (
        "The script will first check if the folder exists, and then it will create the folder if "
        "it does not exist.",
        "The script will first check whether the folder exists, and then create it if it doesn't exist.",
        "same-modals",
    ),
    (
        "In this tutorial you will learn how you can deploy an app to the cluster.",
        "In this tutorial, you will learn how to deploy an app to the cluster.",
        "same-modals",
    ),
    (
        "The value of this property should be set to `true` in the case that the server is behind a proxy.",
        "Set the value of this property to `true` if the server is behind a proxy.",
        "same-modals",
    ),
    (
        "It's recommended that you should backup the database prior to upgrading.",
        "You should back up the database before you upgrade.",
        "no-words-dropped",
    ),
)
"""The rest of the thirty: good, and refused by a gate. It is what strictness costs."""

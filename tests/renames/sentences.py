"""Sentences about Azure Active Directory, before and after: one a line, parted by ` => `.

`=> ? name` is asked about, with the name that would be right. STAYS has what is left alone without a word.
"""

from __future__ import annotations

GLOSSARY = """
Users are in Microsoft Azure Active Directory. => Users are in Microsoft Entra ID.
Users are in Azure Active Directory. => Users are in Microsoft Entra ID.
Users are in Azure Active Directory (Azure AD). => Users are in Microsoft Entra ID.
Users are in Azure Active Directory (AAD). => Users are in Microsoft Entra ID.
Users are in Azure AD. => Users are in Microsoft Entra ID.
Invite guests with Azure AD External Identities. => Invite guests with Microsoft Entra External ID.
Use Azure Active Directory External Identities for guests. => Use Microsoft Entra External ID for guests.
Review access with Azure AD Identity Governance. => Review access with Microsoft Entra ID Governance.
Review access with Microsoft Entra Identity Governance. => Review access with Microsoft Entra ID Governance.
Find unused rights with CloudKnox. => ? Microsoft Entra Permissions Management
Find unused rights with Cloud Knox. => ? Microsoft Entra Permissions Management
Issue cards with Azure AD Verifiable Credentials. => Issue cards with Microsoft Entra Verified ID.
Protect apps with Azure AD Workload Identities. => Protect apps with Microsoft Entra Workload ID.
Join the machine to Azure AD Domain Services. => Join the machine to Microsoft Entra Domain Services.
It is Azure Active Directory Domain Services. => It is Microsoft Entra Domain Services.
You need Azure AD Premium P1 for this. => You need Microsoft Entra ID P1 for this.
You need Azure Active Directory Premium P1 for faculty. => You need Microsoft Entra ID P1 for faculty.
You need Azure AD Premium P1 for students. => You need Microsoft Entra ID P1 for students.
You need Azure AD Premium P1 for government. => You need Microsoft Entra ID P1 for government.
You need Azure AD Premium P2 for this. => You need Microsoft Entra ID P2 for this.
You need an Azure AD P2 subscription. => You need a Microsoft Entra ID P2 subscription.
You need Azure AD Premium P1 or P2. => You need Microsoft Entra ID P1 or P2.
Firstline workers have Azure AD Premium F2. => Firstline workers have Microsoft Entra ID F2.
Firstline workers have Azure AD F2. => Firstline workers have Microsoft Entra ID F2.
It works with Azure AD Free, too. => It works with Microsoft Entra ID Free, too.
Schools have Azure AD for education. => Schools have Microsoft Entra ID for education.
You need Azure AD Premium for this. => You need Microsoft Entra ID P1 or P2 for this.
You need an Azure AD Premium license. => You need a Microsoft Entra ID P1 or P2 license.
You need Azure AD Premium (P1 or P2). => ? Microsoft Entra ID P1 or P2
Azure AD access token authentication is on. => Microsoft Entra access token authentication is on.
Add an Azure AD account. => Add a Microsoft Entra account.
Add Azure AD accounts to the group. => Add Microsoft Entra accounts to the group.
Use an Azure AD work or school account. => Use a Microsoft Entra work or school account.
Azure AD activity logs are kept. => Microsoft Entra activity logs are kept.
Search the Azure AD audit log. => Search the Microsoft Entra audit log.
Search the Azure AD audit logs. => Search the Microsoft Entra audit logs.
Ask an Azure AD admin. => Ask a Microsoft Entra admin.
Ask your Azure AD administrator. => Ask your Microsoft Entra administrator.
Sign in to the Azure AD admin center. => Sign in to the Microsoft Entra admin center.
Sign in to the Azure AD portal. => Sign in to the Microsoft Entra admin center.
Publish it with Azure AD application proxy. => Publish it with Microsoft Entra application proxy.
Publish it with Azure AD Application Proxy. => Publish it with Microsoft Entra application proxy.
Turn on Azure AD authentication. => Turn on Microsoft Entra authentication.
You authenticate with an Azure AD identity. => You authenticate with a Microsoft Entra identity.
Apps authenticate with Azure AD. => Apps authenticate with Microsoft Entra.
Turn on authentication to Azure AD. => Turn on authentication to Microsoft Entra.
Invite them with Azure AD B2B. => Invite them with Microsoft Entra B2B.
Azure AD B2B collaboration is on. => Microsoft Entra B2B collaboration is on.
Use Azure AD built-in roles. => Use Microsoft Entra built-in roles.
Assign an Azure AD role. => Assign a Microsoft Entra role.
Assign Azure AD roles to it. => Assign Microsoft Entra roles to it.
Azure AD Conditional Access blocks them. => Microsoft Entra Conditional Access blocks them.
Azure AD conditional access blocks them. => Microsoft Entra Conditional Access blocks them.
Azure AD cloud-only identities work. => Microsoft Entra cloud-only identities work.
Azure AD hybrid identities work. => Microsoft Entra hybrid identities work.
Azure AD identities work. => Microsoft Entra identities work.
Sync them with Azure AD Connect. => Sync them with Microsoft Entra Connect.
Sync them with Azure Active Directory Connect. => Sync them with Microsoft Entra Connect.
Sync them with Azure Active Directory (Azure AD) Connect. => Sync them with Microsoft Entra Connect.
Sync them with AD Connect. => Sync them with Microsoft Entra Connect.
Sync them with Azure AD Connect Sync. => Sync them with Microsoft Entra Connect Sync.
Sync them with AD Connect Sync. => Sync them with Microsoft Entra Connect Sync.
Run Azure Active Directory Connect (Azure AD Connect) here. => Run Microsoft Entra Connect here.
Run Azure Active Directory Connect (AAD Connect). => Run Microsoft Entra Connect.
Use Azure AD Domain Services (Azure AD DS). => ? Microsoft Entra Domain Services
Azure AD Connect Health shows it. => Microsoft Entra Connect Health shows it.
Install the Azure AD connector. => Install the Microsoft Entra connector.
Add an Azure AD domain. => Add a Microsoft Entra domain.
Add them to Azure AD groups. => Add them to Microsoft Entra groups.
Add them to an Azure AD security group. => Add them to a Microsoft Entra security group.
Each Azure AD object has one. => Each Microsoft Entra object has one.
Read the Azure AD schema. => Read the Microsoft Entra schema.
Create an Azure AD service principal. => Create a Microsoft Entra service principal.
Look up the Azure AD principal ID. => Look up the Microsoft Entra principal ID.
Add an Azure AD enterprise application. => Add a Microsoft Entra enterprise application.
Add Azure AD Enterprise Applications to it. => Add Microsoft Entra enterprise applications to it.
Set up Azure AD federation services. => Set up Active Directory Federation Services.
Use Azure AD Identity Protection. => Use Microsoft Entra ID Protection.
Use Azure AD integrated authentication. => Use Microsoft Entra integrated authentication.
Use Azure AD password authentication. => Use Microsoft Entra password authentication.
Use Azure AD pass-through authentication (PTA). => Use Microsoft Entra pass-through authentication (PTA).
Use Azure AD-only authentication. => Use Microsoft Entra-only authentication.
Plan for Azure AD join. => Plan for Microsoft Entra join.
The device is Azure AD joined. => The device is Microsoft Entra joined.
The device is Azure AD-joined. => The device is Microsoft Entra joined.
The device is Azure AD registered. => The device is Microsoft Entra registered.
Plan for hybrid Azure AD join. => Plan for Microsoft Entra hybrid join.
Hybrid Azure AD joined devices work. => Microsoft Entra hybrid joined devices work.
A hybrid Azure AD-joined device works. => A Microsoft Entra hybrid joined device works.
Buy an Azure AD license. => Buy a Microsoft Entra ID license.
Buy Azure AD licenses. => Buy Microsoft Entra ID licenses.
Map the Azure AD login. => Map the Microsoft Entra login.
It uses Azure AD managed identities. => It uses managed identities for Azure resources.
Azure AD managed identities work. => Managed identities for Azure resources work.
My managed identities in Azure AD for Azure SQL. => My managed identities in Microsoft Entra for Azure SQL.
Use Azure AD multifactor authentication (MFA). => Use Microsoft Entra multifactor authentication (MFA).
Use Azure AD Multi-Factor Authentication. => Use Microsoft Entra multifactor authentication.
Use Azure AD OAuth and OpenID Connect. => Use Microsoft Entra ID OAuth and OpenID Connect.
Azure AD password hash synchronization (PHS). => Microsoft Entra password hash synchronization (PHS).
Use Azure AD Password Protection. => Use Microsoft Entra password protection.
Azure AD Privileged Identity Management (PIM). => Microsoft Entra Privileged Identity Management (PIM).
Use Azure AD reporting and monitoring. => Use Microsoft Entra reporting and monitoring.
Use Azure AD Seamless single sign-on (SSO). => Use Microsoft Entra seamless single sign-on (SSO).
Use Azure AD Seamless SSO. => Use Microsoft Entra seamless SSO.
Use Azure AD single sign-on. => Use Microsoft Entra single sign-on.
Use Azure AD self-service password reset (SSPR). => Use Microsoft Entra self-service password reset (SSPR).
Create an Azure AD tenant. => Create a Microsoft Entra tenant.
Create an Azure Active Directory (Azure AD) tenant. => Create a Microsoft Entra tenant.
Your organization's Azure AD tenant has it. => Your organization's Microsoft Entra tenant has it.
Your Azure AD organization has it. => Your Microsoft Entra tenant has it.
Create a user in Azure AD, not here. => Create a user in Microsoft Entra, not here.
The domain is federated with Azure AD. => The domain is federated with Microsoft Entra.
Use Azure AD entitlement management. => Use Microsoft Entra entitlement management.
Start an Azure AD access review. => Start a Microsoft Entra access review.
It protects Azure AD resources. => It protects Microsoft Entra resources.
"""

RULES = """
It talks to Azure AD, then to you. => It talks to Microsoft Entra ID, then to you.
It talks to Azure AD: twice. => It talks to Microsoft Entra ID: twice.
It talks to the directory (Azure AD). => It talks to the directory (Microsoft Entra ID).
Azure AD's answer is quick. => Microsoft Entra ID's answer is quick.
Azure AD’s answer is quick. => Microsoft Entra ID’s answer is quick.
It is stored in the Azure AD. => ? Microsoft Entra ID
Azure AD-based rights work. => ? Microsoft Entra ID
Azure AD/Intune rights work. => ? Microsoft Entra ID
Use Azure AD for your apps. => Use Microsoft Entra ID for your apps.
Use Azure Active Directory for your apps. => Use Microsoft Entra ID for your apps.
You have Azure AD Plan 1. => You have Microsoft Entra ID Plan 1.
Register the Azure AD app. => Register the Microsoft Entra app.
Register your Azure AD application first. => Register your Microsoft Entra application first.
Register an Azure AD device. => Register a Microsoft Entra device.
An Azure AD user signs in. => A Microsoft Entra user signs in.
Read the Azure AD frobnicator. => ? Microsoft Entra
Read your Azure AD and go. => ? Microsoft Entra
Azure AD users sign in. => Microsoft Entra users sign in.
Azure AD sign-in logs help. => Microsoft Entra sign-in logs help.
Azure AD MFA helps. => Microsoft Entra MFA helps.
Azure AD frobnication helps. => ? Microsoft Entra
Hybrid Azure AD devices work. => ? Microsoft Entra
Users sign in with Azure AD to see it. => Users sign in with Microsoft Entra ID to see it.
Azure AD returns a token. => Microsoft Entra ID returns a token.
Azure AD is in the cloud. => Microsoft Entra ID is in the cloud.
Both Azure AD and Intune work. => Both Microsoft Entra ID and Intune work.
It talks to Azure AD (in the cloud). => It talks to Microsoft Entra ID (in the cloud).
It talks to Azure AD => It talks to Microsoft Entra ID
It talks to Azure AD – in the cloud. => It talks to Microsoft Entra ID – in the cloud.
Azure AD `x` helps. => ? Microsoft Entra ID
Apps authenticate with Azure AD tokens. => Apps authenticate with Microsoft Entra tokens.
Create a user in Azure AD Domain Services. => Create a user in Microsoft Entra Domain Services.
Azure AD has users, and AAD knows them. => Microsoft Entra ID has users, and AAD knows them.
"""

STAYS = """
Azure AD B2C keeps its name.
Azure Active Directory B2C keeps its name.
AAD B2C keeps its name.
Call Azure AD PowerShell from here.
Use the Azure AD module here.
Use the Azure AD cmdlets here.
Use Azure Active Directory PowerShell for Graph.
Azure AD Sync is gone.
The Azure AD SDK is here.
The Azure AD APIs are here.
Windows Azure AD is ancient.
Windows Server Active Directory stays.
Active Directory Domain Services (AD DS) stays.
Active Directory Federation Services (AD FS) stays.
The Microsoft identity platform stays, as does a Microsoft account.
Use a work or school account.
The error is AADSTS50011.
The extension AADLoginForWindows runs.
The module AzureAD is here, and so is AzureADPreview.
Run `Connect-AzureAD` now, or Connect-AzureAD.
Open https://aka.ms/Azure-AD or https://aad.portal.azure.com/#Azure AD.
The prefix aad- stays, as do AAD_ID, aad.json and docs/AAD/x.
The field name is $AAD or @AAD or AAD=1 or #AAD.
A non-Azure AD user works.
Microsoft Entra ID (formerly Azure AD) is here.
Microsoft Entra ID (previously known as Azure Active Directory) is here.
Azure AD is now Microsoft Entra ID.
Azure AD was renamed last year.
Azure AD, also known as AAD, is here.
In 2019, Azure AD had fewer users.
Since March 2021 Azure AD had more users.
The message "Azure AD is busy" shows.
The page “Azure AD in a day” helps.
Select **Azure AD** now.
Read *Azure AD in a day* now.
Go to Azure Active Directory > Groups.
Go to Security > Azure AD.
Azure AD is a trademark of its maker.
![The Azure AD logo](x.png)
<img alt="Azure AD" src="x.png">
Read [All about Azure AD](https://example.com/x).
The Azure Advanced Threat Protection sensor runs, not AzureAD.
"""

"""The products whose versions docs speak of, and how writers write them."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Naming(msgspec.Struct, frozen=True):
    """How a product is written: `pattern` is a regular expression, letter case counts."""

    id: str
    """endoflife.date's name of the product."""
    name: str
    """The product's own spelling."""
    pattern: str
    spelled: Mapping[str, str] = msgspec.field(default_factory=dict)
    """What writers say for a version, in lower case, and the version of the facts that it starts."""
    by_label: bool = False
    """Writers use the releases' labels; the facts name them otherwise."""
    many_makers: bool = False
    """Several vendors support a version, each for another time: only the last of all ends it."""


_VISUAL_STUDIO = {"2022": "17", "2019": "16", "2017": "15", "2015": "14", "2013": "12", "2012": "11"}
_WINDOWS = {"xp": "5", "vista": "6"}

NAMES: tuple[Naming, ...] = (
    # Microsoft's. The longer names first: the first that fits a place is meant.
    Naming("dotnetfx", ".NET Framework", r"\.NET Framework"),
    Naming("dotnet", ".NET", r"\.NET(?: Core)?(?: SDK| Runtime| runtime)?"),
    Naming("powershell", "PowerShell", r"(?<!Windows )PowerShell(?: Core)?"),
    Naming("mssqlserver", "SQL Server", r"SQL Server", by_label=True),
    Naming("windows-server", "Windows Server", r"Windows Server"),
    Naming("windows-embedded", "Windows Embedded", r"Windows Embedded"),
    Naming("internet-explorer", "Internet Explorer", r"Internet Explorer|\bIE(?= ?\d)"),
    Naming("windows", "Windows", r"Windows", spelled=_WINDOWS),
    Naming("visual-studio", "Visual Studio", r"Visual Studio", spelled=_VISUAL_STUDIO),
    Naming("office", "Office", r"(?:Microsoft )?Office"),
    Naming("sharepoint", "SharePoint Server", r"SharePoint(?: Server)?"),
    Naming("msexchange", "Exchange Server", r"Exchange(?: Server)?"),
    Naming("azure-devops-server", "Azure DevOps Server", r"Azure DevOps Server"),
    Naming("azure-kubernetes-service", "AKS", r"(?:AKS|Azure Kubernetes Service)(?: version)?"),
    Naming("microsoft-build-of-openjdk", "Microsoft Build of OpenJDK", r"Microsoft Build of OpenJDK"),
    # Operating systems.
    Naming("ubuntu", "Ubuntu", r"Ubuntu(?: Linux)?(?: Server)?"),
    Naming("debian", "Debian", r"Debian(?: GNU/Linux| Linux)?"),
    Naming("rhel", "RHEL", r"RHEL|Red Hat Enterprise Linux(?: \(RHEL\))?"),
    Naming("centos", "CentOS", r"CentOS(?: Linux)?"),
    Naming("centos-stream", "CentOS Stream", r"CentOS Stream"),
    Naming("fedora", "Fedora", r"Fedora(?: Linux)?"),
    Naming("opensuse", "openSUSE", r"open[Ss][Uu][Ss][Ee](?: Leap)?"),
    Naming("sles", "SLES", r"SLES|SUSE Linux Enterprise Server(?: \(SLES\))?"),
    Naming("alpine-linux", "Alpine Linux", r"Alpine(?: Linux)?"),
    Naming("rocky-linux", "Rocky Linux", r"Rocky Linux"),
    Naming("almalinux", "AlmaLinux", r"Alma ?Linux"),
    Naming("oracle-linux", "Oracle Linux", r"Oracle Linux"),
    Naming("freebsd", "FreeBSD", r"FreeBSD"),
    Naming("macos", "macOS", r"mac ?OS(?: X)?"),
    Naming("ios", "iOS", r"iOS"),
    Naming("android", "Android", r"Android"),
    # Languages and their runtimes.
    Naming("python", "Python", r"Python"),
    Naming("nodejs", "Node.js", r"Node(?:\.js|JS|js)?"),
    Naming("oracle-jdk", "Java", r"(?<!Build of )(?:Java(?: SE)?|JDK|OpenJDK)", many_makers=True),
    Naming("php", "PHP", r"PHP"),
    Naming("ruby", "Ruby", r"Ruby"),
    Naming("go", "Go", r"(?:Go|Golang|golang)"),
    Naming("perl", "Perl", r"Perl"),
    # Frameworks.
    Naming("angular", "Angular", r"Angular"),
    Naming("vue", "Vue", r"Vue(?:\.js)?"),
    Naming("django", "Django", r"Django"),
    Naming("ruby-on-rails", "Rails", r"(?:Ruby on )?Rails"),
    Naming("laravel", "Laravel", r"Laravel"),
    Naming("symfony", "Symfony", r"Symfony"),
    Naming("spring-boot", "Spring Boot", r"Spring Boot"),
    Naming("spring-framework", "Spring Framework", r"Spring Framework"),
    Naming("electron", "Electron", r"Electron"),
    # Databases and servers.
    Naming("postgresql", "PostgreSQL", r"Postgre(?:SQL|s)"),
    Naming("mysql", "MySQL", r"MySQL(?: Server)?"),
    Naming("mariadb", "MariaDB", r"MariaDB(?: Server)?"),
    Naming("mongodb", "MongoDB", r"MongoDB(?: Server)?"),
    Naming("redis", "Redis", r"Redis"),
    Naming("elasticsearch", "Elasticsearch", r"Elasticsearch"),
    Naming("tomcat", "Apache Tomcat", r"(?:Apache )?Tomcat"),
    Naming("nginx", "nginx", r"nginx|NGINX"),
    Naming("apache-http-server", "Apache HTTP Server", r"Apache HTTP Server"),
    Naming("apache-kafka", "Apache Kafka", r"(?:Apache )?Kafka"),
    Naming("apache-spark", "Apache Spark", r"(?:Apache )?Spark"),
    # Tools and infrastructure.
    Naming("kubernetes", "Kubernetes", r"Kubernetes"),
    Naming("docker-engine", "Docker Engine", r"Docker(?: Engine| CE)?"),
    Naming("containerd", "containerd", r"containerd"),
    Naming("terraform", "Terraform", r"Terraform"),
    Naming("ansible-core", "ansible-core", r"ansible-core"),
    Naming("ansible", "Ansible", r"Ansible"),
    Naming("openssl", "OpenSSL", r"OpenSSL"),
    Naming("tls", "TLS", r"TLS"),
    Naming("gitlab", "GitLab", r"GitLab"),
    Naming("prometheus", "Prometheus", r"Prometheus"),
    Naming("grafana", "Grafana", r"Grafana"),
    Naming("istio", "Istio", r"Istio"),
    Naming("gradle", "Gradle", r"Gradle"),
)
"""Every product that the lifecycle facts are about."""

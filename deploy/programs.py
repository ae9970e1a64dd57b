"""The programs of a cluster, and how each is started: with its own data, ports and passwords."""

import os
import pwd
import re
import secrets
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ebw.settings import ROOT, settings

HOST = "127.0.0.1"
USER = "ebw"
NGINX = ROOT / "deploy" / "nginx"
MODULES = {"actions": "bot.actions", "rasa": "bot", "pages": "web"}
_PLACES = [
    "public", "rasa", "actions", "postgresql", "redis",
    "rasa1", "rasa2", "actions1", "actions2", "pages1", "pages2",
]  # fmt: skip
ADMINISTRATOR_PATHS = "/usr/sbin:/usr/local/sbin:/sbin"


@dataclass(frozen=True)
class Program:
    """A command with its surroundings; `text` goes to its standard input."""

    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    text: str = ""
    account: str | None = None


@dataclass(frozen=True)
class Layout:
    """Where a cluster keeps its data, and listens: on `port` and the ten that follow it."""

    folder: Path
    port: int
    rasa_servers: int = 2

    def port_of(self, name: str) -> int:
        """Return the port of a server; `rasa` and `actions` are nginx, before two of them."""
        return self.port + _PLACES.index(name)

    @property
    def names(self) -> list[str]:
        """The servers, in the order in which they start."""
        rasa = [f"rasa{number}" for number in range(1, self.rasa_servers + 1)]
        return ["postgresql", "redis", "actions1", "actions2", *rasa, "pages1", "pages2", "nginx"]

    @property
    def database_url(self) -> str:
        """The database, with its password."""
        return f"postgresql://{USER}:{self.password}@{HOST}:{self.port_of('postgresql')}/postgres"

    @property
    def redis_url(self) -> str:
        """The locks and the event stream, with the password."""
        return f"redis://:{self.password}@{HOST}:{self.port_of('redis')}/0"

    @property
    def public_url(self) -> str:
        """Where users come in."""
        return f"http://{HOST}:{self.port}"

    @cached_property
    def password(self) -> str:
        """The password of this cluster's database and Redis; made once."""
        path = self.folder / "password"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(16))
        return path.read_text()

    def prepare(self) -> None:
        """Make the folders, nginx's files and, the first time, an empty database."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("logs", "nginx", "redis", "data"):
            (self.folder / name).mkdir(exist_ok=True)
        models = self.folder / "data" / "models"
        if not models.exists():
            models.symlink_to(settings().model_dir, target_is_directory=True)
        for template in NGINX.glob("*.template"):
            (self.folder / "nginx" / template.stem).write_text(self._filled(template.read_text()))
        if not (self.folder / "postgresql" / "PG_VERSION").exists():
            self._initialise_postgresql()

    def program(self, name: str) -> Program:
        """Return how to start a server."""
        if name == "postgresql":
            return self._postgresql()
        if name == "redis":
            return Program([_find("redis-server"), "-"], text=self._redis_settings())
        if name == "nginx":
            folder = str(self.folder / "nginx")
            return Program([_find("nginx"), "-p", folder, "-c", "nginx.conf", "-e", "stderr"])
        kind = name.rstrip("12")
        environment = self.environment | {f"EBW_{_variable(kind)}_PORT": str(self.port_of(name))}
        return Program([sys.executable, "-m", MODULES[kind]], environment)

    @property
    def environment(self) -> dict[str, str]:
        """What the assistant's own servers, and `ebw`, must know to be this cluster."""
        return {
            "EBW_DATA_DIR": str(self.folder / "data"),
            "EBW_DATABASE_URL": self.database_url,
            "EBW_REDIS_URL": self.redis_url,
            "EBW_EVENT_BROKER_URL": self.redis_url,
            "EBW_PUBLIC_URL": self.public_url,
            "EBW_HOST": HOST,
            "EBW_WEB_PORT": str(self.port),
            "EBW_RASA_URL": f"http://{HOST}:{self.port_of('rasa')}",
            "EBW_ACTIONS_URL": f"http://{HOST}:{self.port_of('actions')}/webhook",
        }

    def _filled(self, template: str) -> str:
        values = {
            f"EBW_{kind.upper()}_SERVERS": " ".join(
                f"server {HOST}:{self.port_of(name)} fail_timeout=2s;"
                for name in self.names
                if name.startswith(kind) and name != kind
            )
            for kind in MODULES
        } | {
            f"EBW_{name.upper()}_LISTEN": f"{HOST}:{self.port_of(name)}"
            for name in ("public", "rasa", "actions")
        }
        return re.sub(r"\$\{(EBW_\w+)\}", lambda found: values[found[1]], template)

    def _redis_settings(self) -> str:
        # The locks outlive a kill: they are written down at once, though the disk may come later.
        return (
            f"bind {HOST}\nport {self.port_of('redis')}\nrequirepass {self.password}\n"
            f"dir {self.folder / 'redis'}\nappendonly yes\nappendfsync everysec\nsave \"\"\n"
            "maxmemory 64mb\nmaxmemory-policy noeviction\n"
        )

    def _postgresql(self) -> Program:
        data = self.folder / "postgresql"
        options = {
            "port": self.port_of("postgresql"),
            "listen_addresses": HOST,
            "unix_socket_directories": data,
        }
        given = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        return Program(
            [_find("postgres"), "-D", str(data), *given], account=_account_of_postgresql()
        )

    def _initialise_postgresql(self) -> None:
        data, secret = self.folder / "postgresql", self.folder / "password.postgresql"
        data.mkdir(mode=0o700, exist_ok=True)
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        account = _account_of_postgresql()
        if account:
            shutil.chown(data, account)
            shutil.chown(secret, account)
        given = ["-U", USER, "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
        try:
            subprocess.run(
                [_find("initdb"), "-D", str(data), *given, f"--pwfile={secret}"],
                check=True,
                stdout=subprocess.DEVNULL,
                user=account,
                cwd=data,
            )
        finally:
            secret.unlink()


def _variable(kind: str) -> str:
    return {"pages": "WEB"}.get(kind, kind.upper())


def _find(program: str) -> str:
    """Return the path of a system's program.

    Raises FileNotFoundError with a hint when it is not installed.
    """
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parent.name)
    paths = [os.environ.get("PATH", ""), ADMINISTRATOR_PATHS, *map(str, reversed(versions))]
    found = shutil.which(program, path=":".join(paths))
    if found is None:
        message = f"{program} ontbreekt (Debian: apt install nginx redis-server postgresql)"
        raise FileNotFoundError(message)
    return found


def _account_of_postgresql() -> str | None:
    """Return the account that PostgreSQL must have, as it refuses to run as root; None: ours."""
    if os.geteuid() != 0:
        return None
    known = {account.pw_name for account in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"

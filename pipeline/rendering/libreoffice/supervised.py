"""LibreOffice as a servant that may hang: one process for each paper, in a profile of its own, under a time limit.

A LibreOffice that stays hangs sooner or later, leaks, and locks its profile when it dies. So each paper gets a fresh
process (half a second of processor time), the profile is thrown away after a failure and now and then, and ``timeout``
of coreutils stands between: it ends the whole group of processes even when this one was killed meanwhile.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.core.errors import CannotRender, ConfigurationError
from pipeline.core.messages import _

_PROGRAMS = ("soffice", "libreoffice")
_SECONDS = 90.0
_GRACE = 5
"""Seconds between the request to end and the kill."""
_PAPERS_PER_PROFILE = 200
_LEVELS = {"3u": 3, "2u": 2}
_FILTER = (
    'pdf:writer_pdf_Export:{{"SelectPdfVersion":{{"type":"long","value":"{version}"}},'
    '"ExportBookmarks":{{"type":"boolean","value":"true"}},"UseTaggedPDF":{{"type":"boolean","value":"true"}},'
    '"ExportFormFields":{{"type":"boolean","value":"false"}},"ReduceImageResolution":{{"type":"boolean","value":"false"}},'
    '"UseLosslessCompression":{{"type":"boolean","value":"true"}}}}'
)


@dataclass(slots=True)
class LibreOffice:
    """A LibreOffice of this machine. ``program`` is its starter, ``seconds`` the limit for one paper."""

    program: str
    seconds: float = _SECONDS
    _profile: Path | None = None
    _printed: int = 0
    _home: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(prefix="gongwen-libreoffice-"), repr=False
    )

    @classmethod
    def installed(cls) -> LibreOffice:
        """The one on this machine. Raises ``ConfigurationError`` when there is none."""
        for name in _PROGRAMS:
            program = shutil.which(name)
            if program is not None:
                return cls(program)
        raise ConfigurationError(
            _("要用 LibreOffice 印，可是这台机器上没有装"),
            where='engine = "libreoffice"',
            remedy=_('安装 libreoffice-writer，或删去 gongwen.toml、kind.toml 里的 engine = "libreoffice"'),
        )

    @property
    def version(self) -> str:
        """Its name and number, as it says itself; its name alone where it does not answer."""
        try:
            said = self._run(["--version"], Path(self._home.name), None).split()
        except CannotRender:
            said = []
        return " ".join(said[:2]) or "LibreOffice"

    def convert(self, docx: bytes, fonts: str, level: str) -> bytes:
        """The Word file as a PDF/A of this level (conformance B), with the faces that ``fonts`` (fontconfig XML) names.

        Raises ``CannotRender`` when it takes too long, fails, or writes nothing.
        """
        with tempfile.TemporaryDirectory(dir=self._home.name) as folder:
            desk = Path(folder)
            (desk / "paper.docx").write_bytes(docx)
            (desk / "fonts.conf").write_text(fonts, encoding="utf-8")
            try:
                self._run(
                    ["--convert-to", _FILTER.format(version=_LEVELS[level]), "--outdir", folder, f"{desk}/paper.docx"],
                    desk,
                    desk / "fonts.conf",
                )
                pdf = (desk / "paper.pdf").read_bytes()
            except FileNotFoundError:
                self._renew_profile()
                raise CannotRender(
                    _("LibreOffice 没有印出这个文件"), remedy=_("用 Word 或 WPS 打开，另存为 .docx 再试")
                ) from None
            except CannotRender:
                self._renew_profile()
                raise
        self._printed += 1
        if self._printed % _PAPERS_PER_PROFILE == 0:
            self._renew_profile()
        return pdf

    def _run(self, arguments: list[str], desk: Path, fonts: Path | None) -> str:
        """One process, from start to end; what it said."""
        profile = self._profile or Path(tempfile.mkdtemp(prefix="profile-", dir=self._home.name))
        self._profile = profile
        command = [
            *("timeout", f"--kill-after={_GRACE}", f"{self.seconds:g}", self.program),
            *("--headless", "--norestore", "--nologo", "--nodefault", f"-env:UserInstallation={profile.as_uri()}"),
        ]
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(profile), "LANG": "C.UTF-8"}
        if fonts is not None:
            environment["FONTCONFIG_FILE"] = str(fonts)
        process = subprocess.Popen(
            [*command, *arguments],
            cwd=desk,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        try:
            said, _nothing = process.communicate(timeout=self.seconds + 2 * _GRACE)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            raise
        if process.returncode in (124, 137):  # what ``timeout`` says
            raise CannotRender(_("LibreOffice 超过 {seconds:.0f} 秒没有印完").format(seconds=self.seconds))
        return said

    def _renew_profile(self) -> None:
        if self._profile is not None:
            shutil.rmtree(self._profile, ignore_errors=True)
            self._profile = None

"""The command line: thin commands, and the one place that turns errors into words and exit codes.

Exit codes are a promise (DESIGN.md): 0 done, 1 the answer is no, 2 usage, 3 sent back, 4 archive damaged, 5 cannot be
rendered, 6 configuration, 7 busy, 70 a bug. Commands import what they need when they run, so that ``find`` answers
before a printing engine could be loaded.
"""

from __future__ import annotations

import importlib
import logging
import signal
import sys
from pathlib import Path

import click

from pipeline import __version__
from pipeline.cli.terminal import Terminal
from pipeline.core.errors import GongwenError
from pipeline.core.filesystem import explained
from pipeline.core.messages import _, in_chinese

in_chinese("click")  # before the commands are declared: click words some of their help at once

BUG = 70
INTERRUPTED = 130

_COMMANDS = {
    "init": "office:init",
    "doctor": "office:doctor",
    "kinds": "kinds:kinds",
    "sheet": "kinds:sheet",
    "check": "work:check",
    "run": "work:run",
    "watch": "work:watch",
    "status": "work:status",
    "policies": "rules:policies",
    "members": "rules:members",
    "find": "finding:find",
    "show": "finding:show",
    "verify": "archive:verify",
    "reindex": "archive:reindex",
    "checklist": "inspection:checklist",
    "report": "inspection:report",
    "catalogue": "archive:catalogue",
    "export": "handover:export",
    "import": "handover:import_set",
    "arrange": "arranging:arrange",
    "attach": "composing:attach",
    "withdraw": "deeds:withdraw",
    "repeal": "deeds:repeal",
    "appraise": "deeds:appraise",
    "hold": "deeds:hold",
    "unhold": "deeds:unhold",
    "dispose": "deeds:dispose",
    "packet": "packet:packet",
    "backup": "safekeeping:backup",
    "restore": "safekeeping:restore",
    "seal": "seals:seal",
    "stamp": "seals:stamp",
    "number": "numbers:number",
    "render": "paper:render",
    "lint": "lint:lint",
}


class Commands(click.Group):
    """The group of commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work, not of the alphabet."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one command, or None when there is no such."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(f"pipeline.cli.{module}"), name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("公文：表格放进收件夹，文号编好、排印好、归好档的公文出来。"),
)
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=_("办公室的文件夹（默认是当前文件夹）"),
)
@click.option("--json", "as_json", is_flag=True, help=_("给程序看的 JSON 输出"))
@click.version_option(__version__, prog_name="gongwen")
@click.pass_context
def commands(context: click.Context, workspace: Path, as_json: bool) -> None:
    """Every command begins here: the folder of the office, and for whom the output is."""
    context.obj = Terminal(workspace, as_json=as_json)


def main() -> None:
    """Run one command and leave with its exit code. SIGTERM ends it as Ctrl-C does, so that it tidies up behind it: a
    rehearsal has a copy of the register in a temporary folder, with everybody's telephone in it. What the package logs
    is English and for the log of those commands that keep one, never for the terminal."""
    logging.getLogger("pipeline").addHandler(logging.NullHandler())
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = commands.main(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo(_("已停下。登记过的，下次运行时接着办完；别的重新做。"), err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except GongwenError as error:
        click.echo(_("错误：{error}").format(error=error), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        click.echo(_tell_of_the_disk(error), err=True)
        sys.exit(1)
    except Exception:
        _tell_of_a_bug()
        sys.exit(BUG)
    sys.exit(code if isinstance(code, int) else 0)


def _tell_of_the_disk(error: OSError) -> str:
    """A full disk, a lost share, a folder nobody may write in: what was entered goes on, the rest begins again."""
    where = f"{error.filename}{_('：')}" if error.filename else ""
    return _("错误：{where}{what}。排除以后再运行一次：登记过的会接着办完，别的重新做，不会重号也不会丢文件。").format(
        where=where, what=explained(error)
    )


def _tell_of_a_bug() -> None:
    """The trace for whoever mends it, and a sentence for whoever met it."""
    import traceback

    traceback.print_exc()
    click.echo(_("程序自己出错了（不是您的表格的问题）。文件都还在；请把上面的文字交给维护人员。"), err=True)

"""Keys and cases on a handler's own computer, through the real command line alone."""

import json
import os
import pty
import re
import select
import stat
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from nacl.public import PublicKey

from dialogs.events import ComplaintLodged
from dialogs.vocabulary import Accused, CaseKind, PaperKind
from storage.sealing import Keyring
from storage.vault import bundles, cases, papers
from storage.vault.bundles import KeyOfCase
from storage.vault.carried import Carried, CarriedPaper
from storage.vault.cases import Prepared
from storage.vault.keys import fingerprint
from storage.vault.recovery import Spare
from tests.builders.program import qingfeng

PASSPHRASE = "河清海晏，時和歲豐十六字"
PICTURE = b"\xff\xd8\xff" + bytes(range(256))
TEXT = "夜半搬糧\n\x1b[2J會計也在場"
DAY = date(2026, 3, 2)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program where there are neither settings nor a database."""

    def run(*words: object, typed: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": os.environ["PATH"], "QINGFENG_DATABASE_URL": "nonsense"}
        return qingfeng("vault", *words, environment=environment, folder=tmp_path, typed=typed)

    return run


@pytest.fixture
def public(run: Run) -> str:
    """Make a key file and give the line it prints."""
    said = run("new", "my.qfkey", typed=[PASSPHRASE, PASSPHRASE])
    assert said.returncode == 0, said.stderr
    return line_of(said.stdout)


def line_of(said: str) -> str:
    found = re.search(r"^qf(key|recovery)1:[0-9a-f]{64}$", said, re.MULTILINE)
    assert found, said
    return found[0]


def reader(line: str) -> Spare:
    public = bytes.fromhex(line.partition(":")[2])
    return Spare(fingerprint(public), public)


def prepared(*readers: Spare) -> Prepared:
    """Seal a case with a picture, its cleaned copy and their manifest."""
    listed = {"files": [{"original": {"sha256": digest(PICTURE)}, "copy": digest(PICTURE[:9])}]}
    return cases.prepare(
        ComplaintLodged(Accused.VILLAGE_CADRE, CaseKind.REPORT, TEXT, contact="找老王轉交"),
        readers=readers,
        keys=Keyring.of(os.urandom(32)),
        more=[
            (PaperKind.ORIGINAL, PICTURE),
            (PaperKind.COPY, PICTURE[:9]),
            (PaperKind.MANIFEST, json.dumps(listed).encode()),
        ],
    )


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def a_case(folder: Path, *readers: Spare) -> Path:
    """Put a sealed case into a folder, as the bot hands it out."""
    made = prepared(*readers)
    carried = Carried(
        case=made.id,
        number=made.number,
        key=readers[0].key_id,
        wrapped=dict(made.keys),
        papers=[CarriedPaper(one.id, one.kind, DAY, one.content) for one in made.papers],
    )
    path = folder / f"{made.number}.qfcase"
    path.write_bytes(carried.packed())
    return path


def test_a_new_key_is_for_its_owner_alone_and_holds_no_secret_plain(
    run: Run, tmp_path: Path
) -> None:
    said = run("new", "my.qfkey", typed=[PASSPHRASE, PASSPHRASE])
    assert said.returncode == 0, said.stderr
    path = tmp_path / "my.qfkey"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    kept = json.loads(path.read_bytes())
    assert kept.keys() == {"v", "key", "public", "salt", "argon2id", "locked"}
    assert line_of(said.stdout) == f"qfkey1:{kept['public']}"
    assert f"密鑰編號（與機器人回覆的核對，應完全一樣）：{kept['key']}" in said.stdout
    assert PASSPHRASE not in path.read_text() + said.stdout + said.stderr


def test_a_key_file_is_never_overwritten(run: Run, public: str, tmp_path: Path) -> None:
    before = (tmp_path / "my.qfkey").read_bytes()
    said = run("new", "my.qfkey", typed=[PASSPHRASE, PASSPHRASE])
    assert said.returncode == 2
    assert "my.qfkey 已經存在，沒有改動" in said.stderr
    assert (tmp_path / "my.qfkey").read_bytes() == before


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ([PASSPHRASE, PASSPHRASE + "。"], "兩次口令不一樣"),
        (["太短", "太短"], "口令至少要 10 個字"),
        ([], "口令至少要 10 個字"),
    ],
)
def test_a_passphrase_that_does_not_do_leaves_no_file(
    run: Run, tmp_path: Path, typed: Sequence[str], why: str
) -> None:
    said = run("new", "my.qfkey", typed=typed)
    assert said.returncode == 2
    assert why in said.stderr
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_said(run: Run) -> None:
    said = run("new", "nowhere/my.qfkey", typed=[PASSPHRASE, PASSPHRASE])
    assert said.returncode == 2
    assert "nowhere/my.qfkey：No such file or directory" in said.stderr
    assert "Traceback" not in said.stderr


def until(terminal: int, word: str, shown: bytes = b"") -> bytes:
    """Read what a terminal shows until a word has come, after what was shown before."""
    while word.encode() not in shown:
        assert select.select([terminal], [], [], 30)[0], shown.decode()
        shown += os.read(terminal, 4096)
    return shown


def test_at_a_terminal_the_passphrase_is_not_shown(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "vault", "new", "my.qfkey"],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        for word in ("打字時不顯示", "再寫一次"):
            shown = until(ours, word, shown)
            while termios.tcgetattr(ours)[3] & termios.ECHO:  # what comes sooner is thrown away
                time.sleep(0.01)
            os.write(ours, f"{PASSPHRASE}\n".encode())
        shown = until(ours, "qfkey1:", shown)
        assert process.wait(30) == 0
    os.close(ours)
    assert PASSPHRASE.encode() not in shown


def test_a_case_is_shown_in_order_and_nothing_is_kept(
    run: Run, public: str, tmp_path: Path
) -> None:
    file = a_case(tmp_path, reader(public))
    before = set(tmp_path.iterdir())
    said = run("open", file, "--key", "my.qfkey", typed=[PASSPHRASE])
    assert said.returncode == 0, said.stderr
    assert "【來信】2026年3月2日\n夜半搬糧\n[2J會計也在場\n\n【聯繫方式】" in said.stdout
    assert "\x1b" not in said.stdout, "what a stranger wrote moves no cursor"
    assert "共 2 個附件，沒有存到電腦上" in said.stdout
    assert set(tmp_path.iterdir()) == before


def test_files_are_put_apart_under_names_that_tell_nothing(
    run: Run, public: str, tmp_path: Path
) -> None:
    file = a_case(tmp_path, reader(public))
    said = run("open", file, "--key", "my.qfkey", "--out", "case", typed=[PASSPHRASE])
    assert said.returncode == 0, said.stderr
    put = {path.relative_to(tmp_path).as_posix() for path in (tmp_path / "case").rglob("*.*")}
    assert put == {"case/originals/01.jpg", "case/copies/01.jpg"}
    assert (tmp_path / "case/originals/01.jpg").read_bytes() == PICTURE
    assert said.stdout.count("（與清單相符）") == 2
    assert "⚠️" not in said.stdout
    again = run("open", file, "--key", "my.qfkey", "--out", "case", typed=[PASSPHRASE])
    assert again.returncode == 2
    assert "case 裡已有東西，沒有改動" in again.stderr


def test_a_file_that_is_not_in_the_manifest_is_named(run: Run, public: str, tmp_path: Path) -> None:
    made = prepared(reader(public))
    added = papers.write(made.id, PaperKind.ORIGINAL, b"more", public=PublicKey(made.public))
    sealed = [one for one in made.papers if one.kind is not PaperKind.COPY]
    carried = Carried(
        case=made.id,
        number=made.number,
        key=reader(public).key_id,
        wrapped=dict(made.keys),
        papers=[CarriedPaper(one.id, one.kind, DAY, one.content) for one in [*sealed, added]],
    )
    (tmp_path / "a.qfcase").write_bytes(carried.packed())
    said = run("open", "a.qfcase", "--key", "my.qfkey", typed=[PASSPHRASE])
    assert "附件 originals/01.jpg（與清單相符）" in said.stdout
    assert "附件 originals/02.bin（⚠️ 不在清單裡" in said.stdout
    assert "清單上有 1 個附件不在案卷裡" in said.stdout


def test_a_wrong_passphrase_opens_nothing(run: Run, public: str, tmp_path: Path) -> None:
    file = a_case(tmp_path, reader(public))
    said = run("open", file, "--key", "my.qfkey", typed=["不是這一句口令吧"])
    assert (said.returncode, said.stdout) == (2, "")
    assert "口令不對" in said.stderr


def test_the_case_of_another_key_is_said_before_a_passphrase_is_asked(
    run: Run, public: str, tmp_path: Path
) -> None:
    other = Spare("0123456789abcdef", os.urandom(32))
    said = run("open", a_case(tmp_path, other), "--key", "my.qfkey")
    assert said.returncode == 2
    assert f"密封給密鑰 0123456789abcdef 的，您的密鑰是 {reader(public).key_id}" in said.stderr
    assert "口令" not in said.stderr


@pytest.mark.parametrize("damaged", ["case", "paper", "key"])
def test_damage_is_said_in_a_sentence(run: Run, public: str, tmp_path: Path, damaged: str) -> None:
    file, key = a_case(tmp_path, reader(public)), tmp_path / "my.qfkey"
    match damaged:
        case "case":
            file.write_bytes(file.read_bytes()[:-100])
        case "paper":
            packed = json.loads(file.read_bytes())
            packed["papers"][0]["id"] = uuid4().hex
            file.write_text(json.dumps(packed))
        case "key":
            key.write_bytes(key.read_bytes()[:-50])
    said = run("open", file, "--key", key, typed=[PASSPHRASE])
    assert (said.returncode, said.stdout) == (2, "")
    assert "或者它壞了" in said.stderr
    assert "Traceback" not in said.stderr


def test_a_key_file_that_asks_for_too_much_is_none(run: Run, public: str, tmp_path: Path) -> None:
    key = tmp_path / "my.qfkey"
    kept = json.loads(key.read_bytes())
    kept["argon2id"]["memory"] = 1 << 50
    key.write_text(json.dumps(kept))
    said = run("drill", "--key", key, typed=[PASSPHRASE])
    assert said.returncode == 2
    assert "這不是密鑰檔" in said.stderr


def test_a_case_opens_with_any_two_of_three_shares(run: Run, public: str, tmp_path: Path) -> None:
    made = run("recovery", "new", "--shares", "3", "--needed", "2")
    spare = reader(line_of(made.stdout))
    first, second, third = re.findall(r"^qfshare1 [0-9a-f ]+$", made.stdout, re.MULTILINE)
    file = a_case(tmp_path, reader(public), spare)
    both = ("--share", third, "--share", first)
    assert "夜半搬糧" in run("recovery", "open", file, *both).stdout
    mistyped = second[:-1] + ("0" if second[-1] != "0" else "1")
    typed = run("recovery", "open", file, "--share", first, typed=[mistyped, second])
    assert "有錯字" in typed.stdout + typed.stderr
    assert "夜半搬糧" in typed.stdout
    few = run("recovery", "open", file, "--share", first)
    assert few.returncode == 2
    assert "要有 2 份不同的，現在只有 1 份" in few.stderr
    assert "夜半" not in few.stdout


def test_numbers_of_shares_that_protect_nothing_are_refused(run: Run) -> None:
    said = run("recovery", "new", "--shares", "3", "--needed", "1")
    assert (said.returncode, said.stdout) == (2, "")
    assert "份數不對" in said.stderr


def test_keys_are_sealed_anew_to_a_colleague(run: Run, public: str, tmp_path: Path) -> None:
    colleague = line_of(run("new", "theirs.qfkey", typed=[PASSPHRASE, PASSPHRASE]).stdout)
    made = prepared(reader(public))
    keys = [KeyOfCase(made.id, made.public, dict(made.keys))]
    (tmp_path / "all.qfkeys").write_bytes(bundles.packed(keys))
    rewrap = ("rewrap", "all.qfkeys", "--key", "my.qfkey", "--to")
    said = run(*rewrap, colleague, typed=[PASSPHRASE])
    assert said.returncode == 0, said.stderr
    (back,) = bundles.read((tmp_path / "back.qfkeys").read_bytes())
    assert list(back.wrapped) == [reader(colleague).key_id]
    carried = Carried(
        case=made.id,
        number=made.number,
        key=reader(colleague).key_id,
        wrapped=back.wrapped,
        papers=[CarriedPaper(one.id, one.kind, DAY, one.content) for one in made.papers],
    )
    (tmp_path / "a.qfcase").write_bytes(carried.packed())
    assert "夜半" in run("open", "a.qfcase", "--key", "theirs.qfkey", typed=[PASSPHRASE]).stdout
    assert run(*rewrap, "somebody", typed=[PASSPHRASE]).returncode == 2
    another = run(
        "rewrap", "all.qfkeys", "--key", "theirs.qfkey", "--to", public, typed=[PASSPHRASE]
    )
    assert "沒有密封給密鑰" in another.stderr


def test_a_drill_succeeds_and_leaves_nothing(run: Run, tmp_path: Path) -> None:
    said = run("drill")
    assert said.returncode == 0, said.stderr
    assert said.stdout.endswith("演練成功。什麼都沒有留下。\n")
    assert not list(tmp_path.iterdir())


def test_a_drill_with_ones_own_key_says_whether_it_opens(run: Run, public: str) -> None:
    said = run("drill", "--key", "my.qfkey", typed=[PASSPHRASE])
    assert said.returncode == 0, said.stderr
    assert f"密封給密鑰 {reader(public).key_id}" in said.stdout
    assert run("drill", "--key", "my.qfkey", typed=["忘記了忘記了忘記了"]).returncode == 2

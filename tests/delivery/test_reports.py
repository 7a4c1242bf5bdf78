"""Reports: consistent at any moment, by reason and territory, and safe to open in a spreadsheet."""

from datetime import timedelta

from analysis.geography.gazetteer import builtin
from domain.mailings import DeliveryState
from domain.reports import Line
from presenters.admin import charts, reports
from presenters.language.words import words_for
from sandbox.faults import Fault, FaultKind
from storage.engine import Database
from storage.outbox import reports as store
from tests.deliveries import KHAKASSIA, NOON, add_people, mail
from tests.delivery.conftest import Office

WORDS = words_for("ru")


async def test_a_report_adds_up_by_reason_and_by_region(office: Office) -> None:
    async with office.database.begin() as connection:
        await add_people(connection, range(1, 41))
        await add_people(connection, range(41, 51), home="69000000")
    office.sandbox.fault(Fault(FaultKind.BLOCKED, chat_id=7))
    office.sandbox.fault(Fault(FaultKind.BAD_REQUEST, chat_id=45, words="message is too clever"))
    mailing_id = await mail(office.database)
    async with office.sending():
        await office.finished(mailing_id)
    async with office.database.read() as connection:
        report = await store.report(connection, mailing_id)
        lines = [line async for line in store.lines(connection, mailing_id)]
        course = await store.course(connection, mailing_id)
    assert report
    assert {(one.state, one.ending, one.count) for one in report.reasons} == {
        (DeliveryState.FAILED, "blocked", 1),
        (DeliveryState.FAILED, "refused", 1),
    }
    assert [(one.region, one.audience, one.sent, one.failed) for one in report.places] == [
        (KHAKASSIA, 40, 39, 1),
        ("69000000", 10, 9, 1),
    ]
    assert sum(one.audience for one in report.places) == report.progress.audience == len(lines) == 50
    assert sum(count for _, count in course) == report.progress.sent == 48
    told = reports.details(WORDS, builtin(), report)
    assert "заблокировали бота — 1" in told
    assert "Республика Хакасия — 39 из 40" in told


def test_cells_that_a_spreadsheet_would_run_are_neutralised() -> None:
    line = Line(-1001, "", DeliveryState.FAILED, "=cmd|' /C calc'!A0", 1, NOON)
    written = reports.table(WORDS, builtin(), 5, [line], "Europe/Moscow").content.decode()
    assert "\n'-1001," in written
    assert ",=" not in written


async def test_a_missing_mailing_has_no_report(database: Database) -> None:
    async with database.read() as connection:
        assert await store.report(connection, 404) is None
        assert await store.course(connection, 404) == []


def test_the_course_is_drawn_as_a_picture() -> None:
    assert charts.can_draw()
    points = [(NOON + timedelta(minutes=number), 100) for number in range(30)]
    assert charts.course(WORDS, "Отключение воды", points, "Asia/Krasnoyarsk").startswith(b"\x89PNG")

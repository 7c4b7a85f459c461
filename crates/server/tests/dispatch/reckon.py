"""Who gets which message of a trial when, reckoned a second time and with nothing but the standard
library. It reads the registers' versions, what happens to the trials, the protocols, the arms that
were drawn, and at which times of which days (in Denmark) is planned, sent and made a batch; it shares
no code with the server.

    python3 reckon.py FOLDER PROTOCOLS

writes FOLDER/expected.csv (a line for each ruling) and FOLDER/enrolled.json (who was enrolled when).
"""

import csv
import json
import sys
from datetime import date, timedelta
from pathlib import Path

folder, protocols = Path(sys.argv[1]), Path(sys.argv[2])
world = json.loads((folder / "world.json").read_text(encoding="utf-8"))
FIRST = date.fromisoformat(world["first"])
LAST = world["days"]
ONE = timedelta(days=1)
# Messages leave from the first hour until the second.
FROM, UNTIL = "09:00", "22:00"


def of(text):
    return None if text is None else date.fromisoformat(text)


def as_of(versions, day):
    text = day.isoformat()
    return [v for v in versions if v["valid_from"] <= text < v["valid_to"]]


def sick_days(person, day):
    """Days since which the register says, as of a day, that she is sick without a break."""
    spells = [v for v in as_of(person["sickness"], day) if v["kind"] == "sickness"]
    if not spells:
        return None
    sick = lambda d: any(
        of(s["from_day"]) <= d and (s["to_day"] is None or d <= of(s["to_day"])) for s in spells
    )
    if not sick(day):
        return None
    since = day
    while sick(since - ONE):
        since -= ONE
    return (day - since).days


def age(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def contact(person, day):
    rows = as_of(person["contacts"], day)
    assert len(rows) == 1
    return rows[0]


def states(trial):
    """The state of a trial on every day, and the day it closed."""
    result, state, closed = [], "registered", None
    events = {}
    for on, key, word in world["life"]:
        if key == trial:
            events.setdefault(on, []).append(word)
    for n in range(LAST):
        for word in events.get(n, []):
            state = {"start": "running", "resume": "running", "pause": "paused", "close": "closed"}[word]
            if word == "close":
                closed = FIRST + n * ONE
        result.append(state)
    return result, closed


def may_be_in(trial, person, day, starts):
    """Whether she is enrolled on this day, if she is not yet."""
    facts = as_of(person["facts"], day)[0]
    how = contact(person, day)
    if how["died_on"] is not None or age(of(facts["birth_date"]), day) < 18:
        return False
    if trial == "checklist-2026":
        registered = of(facts["registered_on"])
        if registered is None or not max(starts, day - 14 * ONE) <= registered <= day:
            return False
        if (day - registered).days // 7 > 2 or facts["scheme"] == "social_assistance":
            return False
        return facts["fund"] is not None and facts["municipality"] is not None
    days = sick_days(person, day)
    if days is None or days < 28:
        return False
    fourth_week = day - (days - 28) * ONE
    if not max(starts, day - 14 * ONE) <= fourth_week:
        return False
    return (
        how["digital_post_exempt"] is False
        and how["address_protected"] is False
        and how["street"] is not None
    )


def why_not(trial, person, day, channel, enrolled, is_letter):
    """Why nothing is sent on a day; None: it is sent."""
    how = contact(person, day)
    objects = of(person["objects"].get(trial))
    if objects is not None and objects <= day:
        return "objected"
    if how["died_on"] is not None:
        return "died"
    if how["address_protected"] is not False:
        return "protected"
    if is_letter:
        days = sick_days(person, day)
        if days is None or days < (day - enrolled).days:
            return "recovered"
    post = how["digital_post_exempt"] is False
    if channel == "email":
        if how["email"] is None:
            return "no_email"
        return "unwanted" if how["notification"] == "none" else None
    if channel == "digital_post":
        return None if post else "exempt"
    if channel == "letter":
        return None if how["street"] is not None else "no_address"
    if not post:
        return "exempt"
    if how["mobile"] is None:
        return "no_mobile"
    return None if how["notification"] == "sms" else "unwanted"


def came_of(trial, person, channel, on, ruled, state, needs):
    """When something came of a message that was planned on a day, and what: day by day and time by
    time."""
    number = person["number"]
    # A letter goes into the tray first: to which street.
    staged, offered = None, None
    for n in range(ruled, LAST):
        day = FIRST + n * ONE
        tasks = [(time, what) for time, what in world["tasks"][n]]
        if n == ruled:
            planned = next(time for time, what in tasks if what == "plan")
            tasks = [task for task in tasks if task[0] > planned]
        for time, what in tasks:
            if what == "plan" or state[n] == "paused":
                continue
            if what == "send" and (staged is not None or not FROM <= time < UNTIL):
                continue
            if what == "close" and staged is None:
                continue
            when = f"{day.isoformat()} {time}"
            if state[n] != needs:
                return [when, "closed"]
            why = why_not(trial, person, day, channel, on, trial == "letters-2026")
            if why is not None:
                return [when, why]
            if channel == "letter":
                street = contact(person, day)["street"]
                if what == "close" and street == staged:
                    return [when, "sent"]
                # Written, or taken out of the tray and to be written anew: she has moved.
                staged = street if what == "send" else None
                continue
            is_first = offered is None
            offered = n if is_first else offered
            # Refused on the first day; or lost once, and found out at once.
            if number % 10 == 3 and n == offered or number % 10 == 8 and is_first:
                continue
            return [when, "sent"]
    return ["-", "waiting"]


def main():
    lines, everyone = [], {}
    for trial in ("checklist-2026", "letters-2026"):
        protocol = json.loads((protocols / f"{trial}.json").read_text(encoding="utf-8"))
        starts, ends = of(protocol["starts"]), of(protocol["ends"])
        state, closed = states(trial)
        control = next(arm["key"] for arm in protocol["arms"] if arm.get("control"))
        delayed = protocol.get("delayed")
        enrolled = everyone.setdefault(trial, {})
        arms = world["arms"].get(trial, {})
        for person in world["citizens"]:
            number = person["number"]
            objects = of(person["objects"].get(trial))
            entry = None
            for n in range(LAST):
                day = FIRST + n * ONE
                if state[n] != "running" or not starts <= day <= ends:
                    continue
                if objects is not None and objects <= day:
                    break
                if may_be_in(trial, person, day, starts):
                    entry = n
                    break
            if entry is None:
                continue
            on = FIRST + entry * ONE
            enrolled[str(number)] = on.isoformat()
            arm = arms.get(str(number))
            for step in protocol["dispatch"]:
                if arm in step["arms"]:
                    earliest, needs = on + step["after_days"] * ONE, "running"
                elif arm == control and delayed and delayed["then"] in step["arms"]:
                    if closed is None:
                        continue
                    earliest = on + (step["after_days"] + delayed["trigger"]["after"]) * ONE
                    earliest, needs = max(earliest, closed), "closed"
                else:
                    continue
                # The first day on which the planner can see it.
                ruled = next(
                    (n for n in range(entry, LAST)
                     if FIRST + n * ONE >= earliest and state[n] == needs),
                    None,
                )
                if ruled is None:
                    continue
                for channel in step["channels"]:
                    day = FIRST + ruled * ONE
                    is_letter = trial == "letters-2026"
                    why = why_not(trial, person, day, channel, on, is_letter)
                    line = [trial, number, step["key"], channel, day.isoformat()]
                    if why is not None:
                        lines.append(line + [why, "-", "-"])
                        continue
                    came = came_of(trial, person, channel, on, ruled, state, needs)
                    lines.append(line + ["planned"] + came)
    with open(folder / "expected.csv", "w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows(lines)
    (folder / "enrolled.json").write_text(json.dumps(everyone), encoding="utf-8")


main()

// ical.js (the reader of Thunderbird and Nextcloud): strict parse, its own zones only from the calendar, each entry expanded.

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const { default: ICAL } = await import(pathToFileURL(process.argv[2]));
ICAL.design.strict = true;

const moment = (time) => (time.isDate ? time.toString() : new Date(time.toUnixTime() * 1000).toISOString());

const read = (text) => {
    ICAL.TimezoneService.reset();
    const whole = new ICAL.Component(ICAL.parse(text));
    for (const zone of whole.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    return whole.getAllSubcomponents("vevent").map((component) => {
        const event = new ICAL.Event(component);
        const times = event.iterator();
        const only = event.getOccurrenceDetails(times.next());
        if (event.isRecurring() || times.next()) throw new Error("an entry that repeats");
        for (const time of [only.startDate, only.endDate]) {
            if (!time.isDate && time.zone === ICAL.Timezone.localTimezone) throw new Error("a time that floats");
        }
        return {
            uid: event.uid,
            start: moment(only.startDate),
            end: moment(only.endDate),
            title: event.summary,
            place: event.location,
            status: component.getFirstPropertyValue("status"),
            description: event.description,
            categories: component.getFirstProperty("categories")?.getValues() ?? [],
            url: component.getFirstPropertyValue("url"),
            names: component.getAllProperties().map((property) => property.name),
            alarms: component.getAllSubcomponents().map((alarm) => alarm.getFirstPropertyValue("description")),
            calendar: whole.getFirstPropertyValue("name"),
        };
    });
};

for await (const line of createInterface({ input: process.stdin })) {
    let said;
    try {
        said = read(JSON.parse(line));
    } catch (error) {
        said = String(error);
    }
    process.stdout.write(JSON.stringify(said) + "\n");
}

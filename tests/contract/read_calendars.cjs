// What ical.js reads in each of many calendars: {name: text} on stdin, {name: what it reads} on stdout.
// Moments are seconds since 1970. Occurrences are expanded by ical.js itself, from rule, exceptions and overrides.
const ICAL = require("./vendor/ical.es5.min.cjs");

const MOST_OCCURRENCES = 500;
const seconds = (time) => time && time.toJSDate().getTime() / 1000;

function person(property) {
  const parameter = (name) => property.getParameter(name) ?? null;
  const names = ["cn", "role", "partstat", "rsvp", "cutype", "delegated-to", "delegated-from"];
  const known = Object.fromEntries(names.map((name) => [name.replace("-", "_"), parameter(name)]));
  return { address: property.getFirstValue(), ...known };
}

function read(event) {
  const first = (name) => event.getFirstPropertyValue(name);
  const text = (name) => first(name)?.toString() ?? null;
  return {
    uid: text("uid"),
    sequence: first("sequence"),
    dtstamp: seconds(first("dtstamp")),
    start: seconds(first("dtstart")),
    end: seconds(first("dtend")),
    zone: event.getFirstProperty("dtstart")?.getParameter("tzid") ?? null,
    all_day: first("dtstart")?.isDate ?? false,
    recurrence_id: seconds(first("recurrence-id")),
    status: text("status"),
    priority: first("priority"),
    summary: text("summary"),
    description: text("description"),
    comment: text("comment"),
    location: text("location"),
    url: text("url"),
    conference: text("conference"),
    categories: event.getFirstProperty("categories")?.getValues() ?? [],
    organizer: event.getFirstProperty("organizer") ? person(event.getFirstProperty("organizer")) : null,
    attendees: event.getAllProperties("attendee").map(person),
    names: event.getAllProperties().map((property) => property.name),
  };
}

function occurrences(events) {
  const main = events.find((event) => !event.hasProperty("recurrence-id"));
  if (!main || !main.hasProperty("dtstart")) return [];
  const overrides = events.filter((event) => event !== main && event.getFirstPropertyValue("uid") === main.getFirstPropertyValue("uid"));
  const event = new ICAL.Event(main, { exceptions: overrides });
  if (!event.isRecurring()) return [[seconds(event.startDate), seconds(event.endDate)]];
  const found = [];
  const iterator = event.iterator();
  for (let at = iterator.next(); at; at = iterator.next()) {
    if (found.length === MOST_OCCURRENCES) throw new Error("the series has no end");
    const details = event.getOccurrenceDetails(at);
    found.push([seconds(details.startDate), seconds(details.endDate)]);
  }
  return found;
}

function calendar(text) {
  const parsed = new ICAL.Component(ICAL.parse(text));
  ICAL.TimezoneService.reset();
  const zones = parsed.getAllSubcomponents("vtimezone");
  zones.forEach((zone) => ICAL.TimezoneService.register(zone));
  const events = parsed.getAllSubcomponents("vevent");
  const said = (name) => parsed.getFirstPropertyValue(name)?.toString() ?? null;
  return {
    method: said("method"),
    name: said("name"),
    refresh: said("refresh-interval"),
    source: said("source"),
    color: said("color"),
    zones: zones.map((zone) => zone.getFirstPropertyValue("tzid")),
    events: events.map(read),
    occurrences: occurrences(events),
  };
}

const files = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, calendar(text)]))));

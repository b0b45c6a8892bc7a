<?php
// sabre/vobject (the reader of Nextcloud's server and of Baïkal): what its validation complains of refuses the calendar.

error_reporting(E_ALL & ~E_DEPRECATED);  // Debian's 2.1.7 is older than the PHP that it comes with
require $argv[1];

function moment($property) {
    $at = $property->getDateTime();
    if (!$property->hasTime()) {
        return $at->format('Y-m-d');
    }
    return $at->setTimezone(new DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
}

// Version 2 unescapes line breaks and backslashes, and leaves commas and semicolons to whoever asks.
function text($property) {
    return str_replace(['\\,', '\\;'], [',', ';'], (string)$property);
}

function read($text) {
    $whole = Sabre\VObject\Reader::read($text);
    $complaints = array_map(fn($one) => $one['message'], $whole->validate());
    if ($complaints) {
        throw new Exception(implode('; ', $complaints));
    }
    $found = [];
    foreach ($whole->select('VEVENT') as $event) {
        $found[] = [
            'uid' => (string)$event->UID,
            'start' => moment($event->DTSTART),
            'end' => moment($event->DTEND),
            'title' => text($event->SUMMARY),
            'place' => text($event->LOCATION),
            'status' => (string)$event->STATUS,
            'description' => text($event->DESCRIPTION),
        ];
    }
    return $found;
}

while (($line = fgets(STDIN)) !== false) {
    try {
        $said = read(json_decode($line));
    } catch (Throwable $error) {
        $said = get_class($error) . ': ' . $error->getMessage();
    }
    fwrite(STDOUT, json_encode($said, JSON_UNESCAPED_UNICODE) . "\n");
}

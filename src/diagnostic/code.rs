//! The one table of diagnostic codes. A code is never reused: a retired one leaves its number empty.

use std::fmt;

/// Whether a fault stops a policy from loading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The policy does not load, or the case is not decided.
    Error,
    /// The policy loads; `--deny warnings` makes it an error for `check`.
    Warning,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        })
    }
}

/// What `rulebook explain CODE` tells of a code.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// The code as people quote it, such as `RB102`.
    pub code: &'static str,
    /// Whether it stops loading.
    pub severity: Severity,
    /// The fault in a few words.
    pub title: &'static str,
    /// What it means, and why it is a fault.
    pub means: &'static str,
    /// Something that has the fault.
    pub example: &'static str,
    /// What to do about it.
    pub cure: &'static str,
}

macro_rules! codes {
    ($($variant:ident, $code:literal, $severity:ident, $title:literal,
        means: $means:literal,
        example: $example:literal,
        cure: $cure:literal;
    )+) => {
        /// A kind of fault.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $title] $variant,)+
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// What programs call it: `not_in_force` for [`Code::NotInForce`].
            pub fn name(self) -> String {
                let variant = match self {
                    $(Code::$variant => stringify!($variant),)+
                };
                let mut name = String::new();
                for letter in variant.chars() {
                    if letter.is_uppercase() && !name.is_empty() {
                        name.push('_');
                    }
                    name.push(letter.to_ascii_lowercase());
                }
                name
            }

            /// The code's page.
            pub fn page(self) -> Page {
                match self {
                    $(Code::$variant => Page {
                        code: $code,
                        severity: Severity::$severity,
                        title: $title,
                        means: $means,
                        example: $example,
                        cure: $cure,
                    },)+
                }
            }
        }
    };
}

codes! {
    UnreadableFile, "RB001", Error, "a file or folder cannot be read",
        means: "The file system refused to hand out this file: it is missing, a link that leads nowhere, or closed to you.",
        example: "rulebook check --rules no-such-folder",
        cure: "Check the path and its permissions (`ls -l`), or name the right folder with `--rules DIR`.";

    FileTooLarge, "RB002", Error, "a file is larger than 4 MiB",
        means: "A procedure is a page or two; a file of this size is a mistake or an attack, and reading on would cost everybody's time.",
        example: "rulebook check --rules folder-with-a-database-dump",
        cure: "Take the file out of the folder, or split the procedure into several files.";

    NotUtf8, "RB003", Error, "a file is not UTF-8 text",
        means: "The file holds bytes that are no UTF-8 text: another encoding, or no text at all.",
        example: r#"a file saved as "Western (Windows 1252)" or UTF-16"#,
        cure: r#"Save it again as UTF-8: every editor's "Save with encoding" offers it."#;

    NoPolicies, "RB004", Error, "a folder holds no policy",
        means: "There is nothing to check or to decide by: no `.yaml` or `.yml` file with a policy lies in the folder.",
        example: "rulebook check --rules an-empty-folder",
        cure: "Name the folder that holds your policies with `--rules DIR`.";

    EmptyFile, "RB005", Error, "a file holds nothing",
        means: "The file has no content, or comments alone.",
        example: "# nothing but this comment",
        cure: "Write the policy, or delete the file.";

    YamlSyntax, "RB101", Error, "the file is not well-formed YAML",
        means: "YAML's own grammar is broken here: mostly an unclosed quote or bracket, a colon inside an unquoted sentence, or indentation that does not line up.",
        example: "else: Note: call first",
        cure: r#"Quote sentences ("Note: call first"), close what was opened, and indent with spaces only."#;

    DuplicateKey, "RB102", Error, "a key stands twice in one map",
        means: "Of two equal keys YAML tools keep the last and drop the first in silence; here neither is guessed.",
        example: "when: { account.on_hold: true, account.on_hold: false }",
        cure: "Keep one of them. Two conditions on one fact go under `all of:`.";

    SecondDocument, "RB103", Error, "a file holds a second document",
        means: "A line `---` starts a second YAML document; one file holds one policy.",
        example: "calendar: one\n---\ncalendar: two",
        cure: "Move the second policy to a file of its own.";

    AliasRefused, "RB104", Error, "anchors, aliases and merge keys are not allowed",
        means: "`&name`, `*name` and `<<` make a file say things that do not stand where they are read, and can blow up to any size.",
        example: "when: &hold { account.on_hold: true }",
        cure: "Write the value out where it is needed; a list that many rules share belongs into the vocabulary's `lists:`. Quote text that begins with `*` or `&`.";

    TagRefused, "RB105", Error, "tags are not allowed",
        means: "`!name` tells YAML tools to build objects of their own; a policy needs none.",
        example: "open: !!str 20:00-08:00",
        cure: "Delete the tag. Quote text that begins with `!`.";

    TooDeep, "RB106", Error, "maps and lists are nested more than 64 deep",
        means: "No procedure nests this deeply: some bracket was probably repeated by accident.",
        example: "when: [[[[[[…]]]]]]",
        cure: "Remove the surplus brackets, or flatten the condition with `any of:` and `all of:`.";

    TooManyNodes, "RB107", Error, "a file has more than 100,000 keys and values",
        means: "A file of this many entries is data, not a procedure; so is a fact of more than 10,000 values.",
        example: "a YAML file made from a database table",
        cure: "Split the file; make a fact of so many values one of `type: text`.";

    KeyNotText, "RB108", Error, "a key is not a single word or phrase",
        means: "A key is a list, a map or empty.",
        example: "? [a, b]\n: 1",
        cure: "Write the key as plain text. Text that begins with `?` must be quoted.";

    UnquotedSentence, "RB109", Error, "an unquoted sentence that YAML may cut",
        means: "Without quotes YAML ends a sentence at ` #`, and within `{ }` or `[ ]` at each comma; what is left looks fine and is wrong.",
        example: "else: Ask for ticket #12",
        cure: r#"Put the sentence in double quotes: "Ask for ticket #12"."#;

    BadIndentation, "RB110", Error, "a line is indented with something other than spaces",
        means: "A tab or a non-breaking space looks like indentation, but YAML does not count it as such.",
        example: "a line that starts with a tab",
        cure: r#"Replace it with ordinary spaces; editors have "convert indentation to spaces"."#;

    UnknownKey, "RB201", Error, "an unknown key",
        means: "This place takes no key of that name. An unknown key is never ignored: it would look as if it did something.",
        example: "categories: { refund: { wen: always } }",
        cure: "Correct the spelling; the message lists the keys that may stand here.";

    MissingKey, "RB202", Error, "a key that must be there is missing",
        means: "Without this key the policy says less than it takes to decide.",
        example: "escalations: billing",
        cure: "Add the key that the message names.";

    WrongShape, "RB203", Error, "a list, map or word where another was meant",
        means: "Each key takes a word, a list or a map (sometimes several of these); this is none that fits.",
        example: "open: [20:00-08:00]",
        cure: "Write what the message asks for.";

    UnknownFact, "RB204", Error, "an unknown fact",
        means: "Conditions may speak only of facts that the vocabulary declares, so that a slip of the keyboard cannot make a rule silently never match.",
        example: "when: { acount.on_hold: true }",
        cure: "Correct the spelling, or declare the fact in the vocabulary.";

    UnknownValue, "RB205", Error, "a value that the fact does not have",
        means: "The fact is `one of` a list in the vocabulary, and this word is not in it.",
        example: "when: { contact.channel: telephone }",
        cure: "Use one of the listed values, or add the value to the vocabulary.";

    UnknownAction, "RB206", Error, "an unknown action",
        means: "Actions are declared in the vocabulary under `actions:`, so that everybody uses the same word.",
        example: "actions: [atach_proof]",
        cure: "Correct the spelling, or declare the action in the vocabulary.";

    UnknownCategory, "RB207", Error, "an unknown category, type, reason or level",
        means: "A test expects something that its policy does not declare: it could never pass.",
        example: "expect: { category: itemised-bill }",
        cure: "Use a name that the policy declares.";

    UnknownCalendar, "RB208", Error, "an unknown calendar",
        means: "No file among the rules declares a calendar of this name.",
        example: "calendar: us-busines",
        cure: "Correct the spelling, or add a file `calendar: NAME`.";

    UnknownZone, "RB209", Error, "an unknown time zone",
        means: "Time zones go by their IANA names; abbreviations such as EST say nothing about daylight saving.",
        example: "zone: America/NewYork",
        cure: "Use the IANA name, such as America/New_York.";

    UnknownVocabulary, "RB210", Error, "an unknown vocabulary",
        means: "`uses:` names vocabularies by their name or their file's name; none of the rules' files is one of this name.",
        example: "uses: [vocabulry]",
        cure: "Correct the spelling, or add the file.";

    UnknownList, "RB211", Error, "an unknown list",
        means: "`in:` and `not in:` name a list that the vocabulary declares under `lists:`.",
        example: "when: { account.history_code: { in: usual codes } }",
        cure: "Correct the spelling, or declare the list.";

    UnknownPolicy, "RB212", Error, "an unknown policy",
        means: "No file among the rules declares a policy of this name.",
        example: "tests: patient-bilings",
        cure: "Correct the spelling; the message lists the policies there are.";

    UnknownKind, "RB213", Error, "the file does not say what it is",
        means: "A file begins with its kind and name, such as `escalations: patient-billing`.",
        example: "title: Patient billing",
        cure: "Begin the file with one of: vocabulary, calendar, exception, exceptions, escalations, approval, tests.";

    DuplicateName, "RB214", Error, "two things of one name",
        means: "Names are how decisions refer to policies and rules, so each name is used once.",
        example: "two files that both begin with `calendar: us-business`",
        cure: "Rename one of them.";

    BadName, "RB215", Error, "a name with characters that names do not have",
        means: "Names consist of letters, digits, spaces, `-` and `_`; a rule's id joins them with dots.",
        example: r#"reasons: { "a.b": { when: always } }"#,
        cure: "Choose a name of letters, digits, spaces, `-` and `_`.";

    UnknownOutcome, "RB216", Error, "an outcome or state that the policy cannot have",
        means: "A test expects an outcome that no case of this policy can get, or of a request a state, an act or a refusal that there is not.",
        example: "expect: { outcome: escalated }",
        cure: "Use one of the words that the message lists.";

    BadValue, "RB301", Error, "a value of the wrong type",
        means: "The value cannot be read as what this place takes: a number, true or false, a duration, a date.",
        example: "when: { attempts.unresolved: two }",
        cure: "Write a value of the type that the message names.";

    BadWindow, "RB302", Error, "a window or opening hours that make no sense",
        means: "A window is two times of day by the twenty-four-hour clock, `20:00-08:00`; it may pass midnight, and must not be empty. `9-5` and `9:00-5:00` may be the day or the night.",
        example: "open: 8-20",
        cure: "Write both times with two digits of hours and minutes, 00:00 to 24:00: nine to five by day is `09:00-17:00`.";

    BadTurnaround, "RB303", Error, "a turnaround that makes no sense",
        means: "A turnaround is a figure or a rising range with a unit, such as `5-7 business days`, `up to 60 days`, `24 hours`, or `immediately`.",
        example: "turnaround: 5-3 business days",
        cure: "Write the smaller figure first, and no zero.";

    BadHoliday, "RB304", Error, "a holiday, weekday or date that makes no sense",
        means: "Holidays are dates (2026-12-24), yearly dates (25 December), weekdays of a month (fourth Thursday of November) or days around Easter.",
        example: "holidays: { Christmas: { every: 31 February } }",
        cure: "Write it in one of these forms.";

    EmptyCondition, "RB305", Error, "an empty condition",
        means: "An empty `when:` could mean always or never, so it means neither.",
        example: "when: {}",
        cure: "Write `when: always`, or the condition.";

    MatcherMismatch, "RB306", Error, "a matcher that does not fit the fact",
        means: "`more than` needs a number, duration or date, `mentions` a text, and so on.",
        example: "when: { contact.channel: { mentions: [phone] } }",
        cure: "Use a matcher that fits the fact's type; docs/language.md lists them by type.";

    PresenceOnAsk, "RB307", Error, "present or absent on a fact that is asked for",
        means: "If a fact that is asked for is missing, it is unknown, not absent: asking whether it is there can have no answer.",
        example: "when: { account.balance: present }",
        cure: "Declare the fact with `if missing: no match`, or test its value.";

    AgeWithoutCalendar, "RB308", Error, "an age or business day without a calendar",
        means: "`more than 5 days ago` counts local dates, and business days need holidays: both come from the policy's calendar.",
        example: "when: { service.date: more than 5 days ago }",
        cure: "Add `calendar: NAME` to the policy.";

    NoHours, "RB309", Error, "a calendar without opening hours",
        means: "With no open hour no turnaround would ever end.",
        example: "calendar: closed",
        cure: "Give at least one weekday its `hours:`.";

    OpenTurnaround, "RB310", Error, "the rows of a turnaround leave something open",
        means: "For some cases no row says how soon: the decision would have no turnaround, by accident.",
        example: "turnaround: [ { when: { contact.channel: phone }, within: 5 days } ]",
        cure: "Add a last row, such as `- { otherwise: none stated }`.";

    EmptyList, "RB311", Error, "an empty list",
        means: "A list of values, keywords or conditions with nothing in it matches nothing, or everything, by accident.",
        example: "when: { contact.channel: [] }",
        cure: "Fill the list or delete the key.";

    BadBounds, "RB312", Error, "bounds or ranges that exclude everything",
        means: "The lower bound lies above the upper one, or a default outside its own bounds.",
        example: "attempts: { type: integer, from: 5, to: 2 }",
        cure: "Write the smaller figure first.";

    BadEffective, "RB313", Error, "an effective period that ends before it begins",
        means: "Both ends are dates and included; the first must not lie after the last.",
        example: "effective: { from: 2026-01-01, to: 2025-01-01 }",
        cure: "Swap or correct the dates.";

    TurnaroundWithoutCalendar, "RB314", Error, "a turnaround that needs a calendar",
        means: "Days, weeks and business hours are counted in a calendar; this policy names none.",
        example: "turnaround: 5 business days",
        cure: "Add `calendar: NAME` to the policy.";

    BadKeyword, "RB315", Error, "a keyword that cannot be found",
        means: "A keyword is a word or phrase, with `*` at its end at most.",
        example: r#"mentions: ["law*er"]"#,
        cure: "Write the word, or its beginning and a `*`.";

    BadDerived, "RB316", Error, "a derived fact that cannot be computed",
        means: "A derived fact is a sum or difference of facts of one type, a date minus a date, or a percentage.",
        example: "units: { from: auth.approved - contact.channel }",
        cure: "Use numbers, durations or dates of one type, each fact once.";

    VersionsOverlap, "RB317", Error, "two versions of a policy that are in force at once",
        means: "On the days that both cover nobody could tell which of them decides, so the policy is not used.",
        example: "effective: { from: 2025-12-01 } beside effective: { to: 2025-12-31 }",
        cure: "Let the earlier version end on the day before the later one begins.";

    VersionGap, "RB318", Warning, "days on which no version of a policy is in force",
        means: "Cases of those days get the error `not_in_force`.",
        example: "effective: { to: 2025-11-30 } beside effective: { from: 2026-01-01 }",
        cure: "Let the earlier version last until the day before the later one, unless nothing was to be decided then.";

    UnlikeVersions, "RB319", Error, "versions of a policy that use different vocabularies",
        means: "A case is read before it is known which version decides it: all of them must use the same words.",
        example: "uses: [vocabulary] in one version, uses: [old vocabulary] in another",
        cure: "Name the same vocabularies in all versions.";

    IdleZone, "RB320", Warning, "a `zone` that nothing reads",
        means: "The `zone` of a policy says whose dates `effective` means. Where the policy has a calendar, they are those of the calendar's zone; where it has no dates, the zone does nothing.",
        example: "a policy with `calendar: us-business` and `zone: Europe/Berlin`",
        cure: "Delete the key. If the calendar's zone is the wrong one, name another calendar or correct its file.";

    NeverMatches, "RB401", Warning, "a rule that can never match",
        means: "Its conditions exclude each other, so it does nothing.",
        example: "when: { all of: [ { contact.channel: phone }, { contact.channel: email } ] }",
        cure: "Correct the conditions, or delete the rule.";

    NeverReached, "RB402", Warning, "a turnaround row that is never reached",
        means: "The rows before it cover every case, or it matches none.",
        example: "turnaround: [ { when: always, within: 2 days }, { otherwise: none stated } ]",
        cure: "Delete the row, or narrow those before it.";

    CaseSyntax, "RB501", Error, "a case that is not well-formed",
        means: "The text of the case breaks JSON's (or YAML's) grammar or is cut off.",
        example: r#"{"at": "2026-05-12T02:30:00Z", "facts": {"#,
        cure: "Send the whole case as one JSON object, one a line in a stream.";

    CaseShape, "RB502", Error, "a case that is not an object of the right shape",
        means: "A case is an object with `at` and `facts`.",
        example: "[1, 2, 3]",
        cure: r#"Write {"at": "…", "facts": {…}}."#;

    CaseKey, "RB503", Error, "an unknown key in a case",
        means: "A case has the keys id, at, received, type, clock, facts and events.",
        example: r#"{"fact": {}}"#,
        cure: "Correct the spelling; facts go under `facts`.";

    MissingInstant, "RB504", Error, "a case without `at`",
        means: "The engine reads no clock: a case says for which instant it is to be decided.",
        example: r#"{"facts": {}}"#,
        cure: r#"Add "at" with an offset, such as "2026-05-12T09:00:00-04:00"."#;

    BadInstant, "RB505", Error, "an instant that cannot be read",
        means: "Instants are RFC 3339 with an offset; without one nobody knows which instant is meant.",
        example: r#"{"at": "2026-05-12T09:00:00"}"#,
        cure: r#"Write it such as "2026-05-12T09:00:00-04:00"."#;

    ReceivedLater, "RB506", Error, "a case received after it is decided",
        means: "`received` lies after `at`: one of them is wrong.",
        example: r#"{"at": "2026-05-12T09:00:00Z", "received": "2026-05-13T09:00:00Z"}"#,
        cure: "Correct one of the two instants.";

    CaseFact, "RB507", Error, "a fact that the vocabulary does not have",
        means: "The case carries a fact that no policy could read: mostly a slip of the keyboard.",
        example: r#"{"facts": {"account.onhold": true}}"#,
        cure: "Correct the name, or declare the fact in the vocabulary.";

    CaseValue, "RB508", Error, "a value that does not fit its fact",
        means: "The value is outside what the vocabulary declares for the fact.",
        example: r#"{"facts": {"contact.channel": "telephone"}}"#,
        cure: "Send a value of the type that the message names.";

    CaseTwice, "RB509", Error, "a key or fact given twice",
        means: "A fact given twice, as a dotted name and nested or as a repeated key, might mean either.",
        example: r#"{"facts": {"job.severity": "standard", "job": {"severity": "standard"}}}"#,
        cure: "Keep one of them.";

    CaseType, "RB510", Error, "an exception type that the policy does not have",
        means: "The case asks for a type by the key `type`, and the policy has none of that name.",
        example: r#"{"type": "pr-core-retrun"}"#,
        cure: "Use a type that the policy declares.";

    NotInForce, "RB511", Error, "a policy that is not in force",
        means: "`at` lies outside the policy's `effective` period.",
        example: "a case of 2020 under a policy effective from 2024-01-01",
        cure: "Choose the policy that was in force then, or correct `at`.";

    OutOfRange, "RB512", Error, "a date beyond the calendar",
        means: "Calendars reach from 1900 to 2199, and a deadline or age of this case lies beyond.",
        example: r#"{"at": "2199-12-31T12:00:00Z"}"#,
        cure: "Correct the date.";

    ClockShape, "RB520", Error, "a clock of another shape",
        means: "`clock` is a list of what happened, each with its `event` and the instant `at` which it did.",
        example: r#"{"clock": [{"event": "pause"}]}"#,
        cure: r#"Write {"event": "pause", "at": "2026-05-12T09:00:00-04:00"} for each event."#;

    UnknownClockEvent, "RB521", Error, "an event that clocks do not have",
        means: "What can happen to a clock is start, pause, resume, stop, restart and reopen.",
        example: r#"{"clock": [{"event": "paus", "at": "2026-05-12T09:00:00-04:00"}]}"#,
        cure: "Use one of these words.";

    ClockOrder, "RB522", Error, "an event that cannot follow what happened before",
        means: "Only what runs can be paused, only what is paused resumed, and what is stopped is reopened or restarted first. A missing event would make the time counted wrong.",
        example: r#"{"clock": [{"event": "resume", "at": "2026-05-12T09:00:00-04:00"}]}"#,
        cure: "Add the event that is missing, or leave out the one that did not happen.";

    ClockInstant, "RB523", Error, "an event of a clock at an instant at which it cannot have happened",
        means: "Events stand in the order in which they happened, none before the case was received, none after its `at`.",
        example: "an event of 10:00 in a case whose `at` is 09:00 of that day",
        cure: "Correct the instant, put the events in order, or leave out what is yet to happen.";

    ClockUnused, "RB524", Error, "a clock where no time is counted",
        means: "The case tells what happened to its clock, but the policy has no turnarounds: the clock would be ignored.",
        example: "a case with `clock` put to an `exception` policy",
        cure: "Leave `clock` out, or put the case to the policy that it is meant for.";

    UnknownRole, "RB601", Error, "an unknown role",
        means: "Roles are declared in the vocabulary under `roles:`, so that policies and events speak of the same people.",
        example: "levels: { finance: { role: financial_manger } }",
        cure: "Correct the spelling, or declare the role in the vocabulary.";

    BadApprovers, "RB602", Error, "approvers that a level cannot have",
        means: "A level takes `any` of those who may decide, `all` of the people or roles that it names, or a number of people such as `2 of`. Nobody knows all people of one role, nor when enough of them have denied.",
        example: "levels: { board: { role: director, approvers: all } }",
        cure: "Name the people with `people:` or several roles with `roles:`, or write a number such as `2 of`.";

    BadLapse, "RB603", Error, "a lapse that makes no sense",
        means: "A level lapses when its `within:` has run out; then one thing happens, or several in a list: a role is notified, the level is reassigned, or it is escalated, each to people who do not decide it anyhow.",
        example: "if it lapses: { notify: clinician, escalate: director }",
        cure: "Write one of `notify`, `reassign` and `escalate` with a role, each in a map of its own, beside a `within:`.";

    EventsElsewhere, "RB611", Error, "events for a policy that takes none",
        means: "Events are what happened to a request that is to be approved; policies of other kinds decide by facts alone.",
        example: r#"{"at": "2026-05-12T09:00:00Z", "events": []}"#,
        cure: "Leave `events` out, or name the policy that the request belongs to.";

    EventIncomplete, "RB612", Error, "an event that lacks what every event has",
        means: "An event says which it is, when it happened, of what type it is and by whom: `id`, `at`, `type`, `by`.",
        example: r#"{"id": "e1", "at": "2026-05-12T09:00:00Z", "type": "submit"}"#,
        cure: "Add the key that the message names.";

    UnknownField, "RB620", Error, "a field that nothing is known of",
        means: "`reads` says which fact carries what is known of an authorization, a charge or a request. Those fields have fixed words.",
        example: "reads: { authorization: { staus: auth.status } }",
        cure: "Use one of the words that the message lists.";

    FieldType, "RB621", Error, "a fact that cannot hold the field it is bound to",
        means: "What is known of an authorization, a charge or a request has a type: a date cannot be handed over in a text, nor a status in a fact that lacks its word. A computed fact cannot be handed anything.",
        example: "reads: { authorization: { first day: message.text } }",
        cure: "Bind the field to a fact of the type that the message names.";

    UnboundField, "RB622", Error, "a rule that needs a field which `reads` does not bind",
        means: "Whether an authorization serves a charge, how often a request was sent and whether it was approved are known to others than the policy: `reads` must say which facts tell of it.",
        example: "serves a charge: { … } without `reads: { authorization: { status: auth.status } }`",
        cure: "Bind the fields that the message names.";

    NotComputed, "RB623", Error, "a difference that the vocabulary does not compute",
        means: "An authorization serves only within its period and as long as units are left. How early, how late and how much are facts like any other, so that a decision can show them: the vocabulary has to derive them.",
        example: "bound dates without `derived: { auth.early: { from: auth.first_day - service.date } }`",
        cure: "Add the derived fact that the message writes out.";

    OpenRequirement, "RB624", Error, "rows of `required` that leave something open",
        means: "For some cases no row says whether an authorization is needed: nobody would notice that none is asked for.",
        example: "required: { oncology: { when: { service.family: oncology }, answer: required } }",
        cure: "Add a last row with `when: always`, such as one with `answer: ask_payer`.";

    NoApproval, "RB625", Error, "an internal approval by a policy that approves nothing",
        means: "`internal approval` names the policy by which requests are approved, level after level: one that begins with `approval:`.",
        example: "internal approval: { policy: patient-billing, … }",
        cure: "Name an approval policy.";

    UnknownPaper, "RB626", Error, "an unknown document or form",
        means: "The rows of `required` name the papers that go with a request; each is declared under `documents:` or `forms:`.",
        example: "required: { oncology: { when: …, answer: required, documents: [pathlogy report] } }",
        cure: "Correct the spelling, or declare the paper.";

    BadMove, "RB627", Error, "a move that nobody can make",
        means: "A move of `next` says what is to be done, and either by when (`within`) or how often (`every`, with a cap `at most`).",
        example: "next: { retry: { when: …, actions: [retry], at most: 6 times } }",
        cure: "Add what the message asks for.";

    BadLeadTime, "RB628", Error, "a lead time that cannot be counted back",
        means: "A renewal is asked for so many days, weeks or business days before an authorization runs out.",
        example: "renewal lead time: a fortnight",
        cure: "Write it such as `10 business days`.";

    UnknownCommand, "RB629", Error, "a command that there is not",
        means: "`commands` says which scope each command on authorizations takes.",
        example: "commands: { atach: clinical.authorization.write }",
        cure: "Use one of the words that the message lists.";

    StrayScope, "RB630", Error, "a scope that stands in one place only",
        means: "A scope that a command takes and no role has locks everybody out; one that a role has and no command takes gives nothing. Either is a slip of the keyboard.",
        example: "commands: { attach: clinical.authorization.wirte }",
        cure: "Correct the name, or name the scope in both places.";

    BadPartner, "RB631", Error, "a setting that no message to a partner can carry",
        means: "Identifiers and qualifiers of an interchange have fixed lengths and signs; a message with others would be refused by the partner.",
        example: "sender: { qualifier: ZZZ, id: OURCLINIC }",
        cure: "Write what the partner's companion guide states.";

    PartnerDelimiters, "RB632", Error, "delimiters that cannot hold a message apart",
        means: "The four delimiters of a message are different signs, none of which may be a letter, a digit or a space.",
        example: "delimiters: { element: \"*\", component: \"*\" }",
        cure: "Use four different signs, such as those that are taken unless others are given.";

    MiscountedRow, "RB650", Error, "a row that has not one cell for each column",
        means: "A cell is missing or one too many: often a text with a comma stands there without quotes. What each cell means would be a guess.",
        example: "inputs: [contact.channel], outputs: { due: { type: text } }, rows: { calls: [phone] }",
        cure: "Write the inputs in their order, then the outputs in theirs; `any` and `none` stand for nothing in particular.";

    EmptyCell, "RB651", Error, "a cell with nothing in it",
        means: "Nobody can tell whether an empty cell means every value, none, or was forgotten.",
        example: "contact.channel,due\nphone,",
        cure: "Write `any` in the column of an input that does not matter, `none` in that of an output that the row does not give.";

    UnknownSheet, "RB652", Error, "a CSV file that is not there",
        means: "`rows from` names a file that does not lie beside the policy, nor in a folder below it.",
        example: "rows from: feees.csv",
        cure: "Correct the name; it is the path from the policy's own folder, and ends with `.csv`.";

    BadSheet, "RB653", Error, "a CSV file whose cells cannot be told apart",
        means: "A quote is left open, stands in the middle of a cell, or a list is cut at its commas: a cell that has commas in it begins and ends with a quote.",
        example: "contact.channel,due\n[phone, email],2 days",
        cure: "Put the cell in quotes, \"[phone, email]\", and write a quote within a cell twice.";

    UnknownColumn, "RB654", Error, "a CSV file with other columns than its table",
        means: "The first line names the columns: all inputs and outputs of the table, in any order, and `name` if the rows have names.",
        example: "contact.chanel,due\nphone,2 days",
        cure: "Correct the first line, or the table's `inputs:` and `outputs:`.";

    BadCollect, "RB655", Error, "a way to collect that does not fit the output",
        means: "Only a table with `hit: collect` collects; sums take integers, decimals and durations, the least and greatest take dates too.",
        example: "outputs: { letter: { type: text, collect: sum } }",
        cure: "Collect a `list` or a `count`, or correct the output's type.";

    TotalTooLarge, "RB656", Error, "figures that add up to more than a number holds",
        means: "If all rows matched, their sum could not be held to the last digit. So that every sum is exact, such a table is not loaded.",
        example: "fee: { type: integer, collect: sum } with two cells of 9223372036854775807",
        cure: "Write figures of fewer digits.";

    OverlappingRows, "RB657", Warning, "two rows of a `unique` table that can both match",
        means: "For some cases both rows match: the outcome is then `conflict`, and a person has to look.",
        example: "rows: { a: [at least 5, yes], b: [at most 5, no] }",
        cure: "Narrow one of the two, or write `hit: first` and put the row that goes first before the other.";

    BadShare, "RB670", Error, "a share of the time allowed that makes no sense",
        means: "`at risk` names shares of the time allowed, 1% to 99% in whole percent, several of them in rising order.",
        example: "turnaround: { within: 5 business days, at risk: 100% }",
        cure: "Write whole percent, such as `80%` or `[50%, 80%]`.";

    IdleClock, "RB671", Error, "a clock where no time runs",
        means: "`pausable` and `at risk` speak of a time that runs; beside `none stated` and `immediately` there is none.",
        example: "turnaround: { within: immediately, at risk: 80% }",
        cure: "Leave them out, or state a turnaround.";

    ScriptSyntax, "RB701", Error, "a hook whose script cannot be read",
        means: "The script breaks the grammar of hooks, or uses a part of the script language that hooks do not have: they reach no file, clock or network, and hide no fault.",
        example: r#"when: { account.code: { rhai: 'value.starts_with("WO"' } }"#,
        cure: "Close what was opened; docs/hooks.md shows what a script may say.";

    HookRead, "RB702", Error, "a hook reads what it does not declare",
        means: "A hook is handed only the facts that it declares: the one that it stands beside, and those under `reads:`. This name is none of them and no variable of the script.",
        example: "when: { account.code: { rhai: 'value.len > 3 && account.balance > 0' } }",
        cure: "Correct the spelling, or add the fact to `reads:`.";

    HookFunction, "RB703", Error, "a hook calls a function that there is not",
        means: "Hooks have the functions that docs/hooks.md lists, and those of their own file.",
        example: r#"when: { account.code: { rhai: 'value.starts_wiht("WO")' } }"#,
        cure: "Correct the spelling, or write the function in the same file.";

    HookTypes, "RB704", Error, "a hook joins values of unlike types",
        means: "A text never equals a number, and a date is not more than a duration: such a comparison would be false for every case, by accident.",
        example: r#"when: { account.code: { rhai: 'value == 12' } }"#,
        cure: "Compare values of one type: put digits in quotes where the fact is a text, and take the quotes away where it is a number.";

    HookResult, "RB705", Error, "a hook that does not give true or false",
        means: "A hook answers a question: each of its ways to end gives true or false. An `if` without an `else` at its end gives nothing.",
        example: "when: { account.code: { rhai: 'value.len' } }",
        cure: "Write a comparison, or give the `if` an `else`.";

    UnknownHook, "RB706", Error, "an unknown hook",
        means: "No `.rhai` file among the rules has a function of this name.",
        example: "when: { account.code: { hook: write_of_code } }",
        cure: "Correct the spelling, or write the function in a file of the folder `hooks`.";

    HookParameters, "RB707", Error, "a hook with more or fewer parameters than it is handed facts",
        means: "The function of a hook has one parameter for the fact that it stands beside, and one for each fact under `reads:`, in that order.",
        example: "when: { account.code: { hook: write_off_code, reads: [account.balance] } }",
        cure: "Declare as many facts under `reads:` as the function has parameters after its first.";

    InterchangeHeader, "RB801", Error, "an interchange whose ISA is not 106 bytes long",
        means: "The ISA is the one segment of fixed length: its elements are filled up with spaces, and the characters at bytes 4, 83, 105 and 106 say by what the rest is held apart. If one byte is missing, nobody knows what separates what, so nothing of the interchange is read.",
        example: "ISA*00* *00* *ZZ*SENDER*ZZ*RECEIVER*260105*1130*^*00501*000000001*0*P*:~",
        cure: "Fill each element up to its length: 2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1 and 1 characters. Tools that squeeze spaces spoil messages.";

    StrayText, "RB802", Error, "text that belongs to no interchange",
        means: "Between two interchanges, or where one should begin, there is something else. It is kept, and nobody knows what it means.",
        example: "a file that begins with a line such as `sent on Monday`",
        cure: "Take it out, or find out why the beginning of the interchange is missing.";

    CutOff, "RB803", Error, "a file that ends within a segment",
        means: "The last segment has no terminator: the file was not written or not transferred to its end.",
        example: "SE*16*00",
        cure: "Ask for the whole file again. Do not add a terminator: what is missing may have been more than that.";

    UnclosedEnvelope, "RB804", Error, "an envelope that is not closed",
        means: "A transaction ends with SE, a group with GE, an interchange with IEA. One of them is missing, so that what follows may belong to another.",
        example: "ST*278*0001*005010X217~ST*278*0002*005010X217~",
        cure: "Add the segment that is missing; if it is missing at the end of a file, ask for the whole file.";

    StraySegment, "RB805", Error, "a segment outside of its envelope",
        means: "Segments stand within transactions, transactions within groups. This one stands where nothing has been opened for it.",
        example: "a GE without a GS",
        cure: "Open what is missing, or take the segment out.";

    WrongCount, "RB806", Error, "a count that is wrong",
        means: "SE01 counts segments, ST and SE included; GE01 transactions; IEA01 groups. If the count is off, something was lost or added on the way.",
        example: "SE*25*0001~ after 26 segments",
        cure: "Write the number that is there, if nothing is missing.";

    ControlNumber, "RB807", Error, "control numbers that differ",
        means: "What closes an envelope repeats the number of what opened it: SE02 that of ST02, GE02 that of GS06, IEA02 that of ISA13.",
        example: "ST*278*100002*005010X217~ and SE*76*10002~",
        cure: "Write the same number in both.";

    RepeatedControlNumber, "RB808", Error, "a control number that is used twice",
        means: "An acknowledgement names a message by its control number: two of one number in the same envelope could not be told apart.",
        example: "two transactions ST*278*0001 in one group",
        cure: "Number them in order.";

    WrongGroup, "RB809", Error, "a group that does not go with what it holds",
        means: "GS01 says what a group holds: `HI` for 278, `FA` for 999. Receivers sort groups by it.",
        example: "GS*HC*SENDER*RECEIVER*20260105*1130*1*X*005010X217~ before a 278",
        cure: "Write the GS01 that the message names.";

    WrongVersion, "RB810", Error, "a version that is not read here",
        means: "The tables are those of version 005010X217 for reviews and 005010X231A1 for acknowledgements. ST03 names the version, and GS08 the same one.",
        example: "ST*278*0001*004010X094A1~",
        cure: "Ask for the version that is read here, or write the same version in both places.";

    UnknownTransaction, "RB811", Error, "a transaction of another kind",
        means: "Reviews (278) and acknowledgements (999) are read. This transaction is kept as it is and not looked into.",
        example: "ST*837*0001*005010X222A1~",
        cure: "Hand the file to the program that it is meant for.";

    HierarchyNumber, "RB812", Error, "a level that is not numbered in order",
        means: "HL01 numbers the levels of a transaction: 1, 2, 3 and so on. Other levels name their parents by it.",
        example: "HL*1**20*1~HL*3*1*21*1~",
        cure: "Write the next number, and correct the HL02 of the levels below.";

    HierarchyParent, "RB813", Error, "a level that hangs on the wrong one",
        means: "The requester hangs on the reviewer, the subscriber on the requester, a dependent on the subscriber, the event on the patient, services on the event. HL02 names the HL01 of that level.",
        example: "HL*2*7*21*1~",
        cure: "Name the level that this one belongs to.";

    HierarchyChild, "RB814", Error, "a level that is wrong about its children",
        means: "HL04 is `1` if another level hangs on this one, else `0`.",
        example: "HL*4*3*EV*1~ with no service below",
        cure: "Correct HL04, or add the level that is missing.";

    MisplacedSegment, "RB815", Error, "a segment in the wrong place",
        means: "The segments of a message have an order, and each loop its own. This segment exists, and not here.",
        example: "HI*ABK:M545~ before UM*HS*I*1~",
        cure: "Move it to where it belongs.";

    UnknownSegment, "RB816", Error, "a segment that the message has not",
        means: "No loop of the message has a segment of this name: it is misspelt, belongs to another kind of message, or a terminator stands where none should.",
        example: "UMM*HS*I~",
        cure: "Correct the name, or take the segment out.";

    MissingSegment, "RB817", Error, "a segment or loop that is missing",
        means: "Without it the message does not say what it must: who asks, for whom, and what.",
        example: "a request without the requester's NM1",
        cure: "Add it where the message says.";

    SurplusSegment, "RB818", Error, "a segment that comes too often",
        means: "Most segments may come once in their loop, some several times. Which of these is meant would be a guess.",
        example: "HCR*A1*X1~HCR*A3~",
        cure: "Keep the one that is meant.";

    MissingElement, "RB821", Error, "an element that is missing",
        means: "The segment must have a value here.",
        example: "UM**I~",
        cure: "Give the value.";

    SurplusElement, "RB822", Error, "an element that is not used here",
        means: "The segment has no such element in this message, or has it in fewer parts or once only. Often a separator is one too many, and all that follows has slipped.",
        example: "MSG*Call first*SS~",
        cure: "Leave it empty, or find the separator that is one too many.";

    ElementLength, "RB823", Error, "an element that is too long or too short",
        means: "Receivers hold each value in a field of a certain length, and refuse or cut what is longer.",
        example: "TRN*1*12345*99~, whose TRN03 has ten characters",
        cure: "Write the value in the length that the message names.";

    MalformedElement, "RB824", Error, "an element that is no number, date or time",
        means: "The value cannot be read as what stands here.",
        example: "DTP*472*D8*20260231~",
        cure: "Write a number in digits, a date as YYYYMMDD, a period as YYYYMMDD-YYYYMMDD, a time as HHMM.";

    UnlistedCode, "RB825", Error, "a code that is not on the list",
        means: "The element takes the codes of a list, and this is none of them. An unknown code never counts as an approval.",
        example: "HCR*A9~",
        cure: "Use one of the codes that the message lists.";

    RelatedElements, "RB826", Error, "an element without the other that it goes with",
        means: "Some elements mean something only together: a number and what it is, a quantity and its unit.",
        example: "NM1*IL*1*ROE*JANE****MI~",
        cure: "Give both, or neither.";

    ControlCharacter, "RB827", Error, "a control character within a segment",
        means: "Line breaks and the like stand after a terminator, not within a segment: probably a terminator was lost, and two segments have become one.",
        example: "MSG*first line, line break, second line~",
        cure: "Put the terminator back, or take the character out.";

    Unsendable, "RB841", Error, "a text that cannot be sent",
        means: "The text holds a character that separates elements in this partner's messages, or a control character. It is refused: a text that is changed on the way says something else.",
        example: "a name such as `Smith*Jones` where `*` separates elements",
        cure: "Write the text without the character, or agree on other separators with the partner.";

    UnfitRequest, "RB842", Error, "a request that would not be valid",
        means: "Something that a request must say is missing, or does not fit where it belongs. Nothing is written.",
        example: "a member number of one character",
        cure: "Correct the value that the message names.";

    BadMessageJson, "RB843", Error, "JSON that is no message",
        means: "The JSON does not have the form that `rulebook x12 convert` writes, or would not give the same JSON again.",
        example: r#"{"parts": [{"segments": [["GS"]]}]}"#,
        cure: "Correct the place that the message names; docs/x12.md shows the form.";
}

impl Code {
    /// Whether it stops a policy from loading.
    pub fn severity(self) -> Severity {
        self.page().severity
    }

    /// Whether it is about a message of X12, and not about a policy or a case.
    pub fn is_of_messages(self) -> bool {
        self.page().code.starts_with("RB8")
    }

    /// The code of this name, upper or lower case.
    pub fn parse(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.page().code.eq_ignore_ascii_case(name))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.page().code)
    }
}

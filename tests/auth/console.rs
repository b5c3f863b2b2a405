//! What people see: help, answers in words, and refusals with their cures.

use crate::command::{Folder, run};

use super::clinic;

/// A folder with a ledger, and all that was said in it.
struct Console {
    folder: Folder,
    at: &'static str,
    said: String,
}

/// Hashes change with every edit of the shipped policy.
fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let (before, found) = rest.split_at(at);
        let end = found.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(found.len());
        let (run, after) = found.split_at(end);
        out += before;
        out += if run.len() == 64 { "…" } else { run };
        rest = after;
    }
    out + rest
}

const AS: &str = "ana:authorization_coordinator";

impl Console {
    fn new(name: &str) -> Console {
        Console {
            folder: Folder::new(&format!("console-{name}")),
            at: "2026-03-02T10:00:00-05:00",
            said: String::new(),
        }
    }

    /// Makes a call, and notes what it writes. `DIR` stands for the folder.
    fn call(&mut self, call: &str) -> &mut Console {
        self.call_as(AS, call)
    }

    fn call_as(&mut self, actor: &str, call: &str) -> &mut Console {
        let folder = self.folder.path().to_str().unwrap().to_owned();
        let store = format!("{folder}/a.ledger");
        let words: Vec<String> = call.split(' ').map(|word| word.replace("DIR", &folder).replace('_', " ")).collect();
        let mut arguments = vec!["auth", "--store", &store, "--as", actor, "--at", self.at];
        arguments.extend(words.iter().map(String::as_str));
        let outcome = run(&arguments);
        self.said += &format!("$ rulebook auth {}\n{}", call.replace('_', " "), outcome.stdout);
        if !outcome.stderr.is_empty() {
            self.said += &format!("--- stderr\n{}", outcome.stderr);
        }
        if outcome.status != Some(0) {
            self.said += &format!("--- status {}\n", outcome.status.unwrap());
        }
        self.said.push('\n');
        self.said = self.said.replace(&folder, "DIR");
        self
    }

    fn at(&mut self, at: &'static str) -> &mut Console {
        self.at = at;
        self
    }

    /// Takes in a response to a request.
    fn answer(&mut self, trace: &str, issued: &str, said: &str) -> &mut Console {
        self.folder.write("answer.x12", clinic::response(trace, issued, said));
        self.call("receive DIR/answer.x12")
    }

    /// A member, and a charge that shows the issue.
    fn begun(name: &str) -> Console {
        let mut console = Console::new(name);
        console.call("member m1 --last-name RUIZ --first-name EVA --born 1980-02-03 --sex F --subscriber S-17");
        console.call("charge c1 --member m1 --payer example-health-plan --on 2026-03-05 --code 97110 --units 2");
        console
    }

    #[track_caller]
    fn snapshot(&self, name: &str) {
        insta::with_settings!({
            snapshot_path => "../../snapshots/auth",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(name, without_hashes(&self.said));
        });
    }
}

#[test]
fn help_tells_what_each_command_takes() {
    let help = run(&["auth", "--help"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let commands = commands.filter_map(|line| line.split_whitespace().next()).filter(|command| *command != "help");
    let mut all = format!("$ rulebook auth --help\n{help}\n");
    // what all commands take is shown above
    let shared: Vec<&str> = help.lines().map(str::trim).filter(|line| line.starts_with("--")).collect();
    for command in commands {
        let short = run(&["auth", command, "-h"]).stdout;
        let mut own = String::new();
        let mut is_shared = false;
        for line in short.lines() {
            let option = line.split("  ").map(str::trim).find(|part| part.starts_with('-'));
            is_shared = match option {
                Some(option) => shared.contains(&option),
                // what is too long for one line goes on in the next
                None => is_shared && line.starts_with(&" ".repeat(16)),
            };
            if !is_shared && line != "Options of every auth command:" {
                own += &format!("{line}\n");
            }
        }
        all += &format!("$ rulebook auth {command} -h\n{}\n\n", own.trim_end());
    }
    let console = Console { said: all, ..Console::new("help") };
    console.snapshot("help");
}

#[test]
fn an_authorization_is_found_attached_and_used_up() {
    let mut console = Console::begun("used");
    console.call("candidates c1").call("show --charge c1");
    let of = "--member m1 --payer example-health-plan --from 2026-03-01 --to 2026-05-31";
    console.call(&format!("add --number A-77 {of} --units 10 --code 97110"));
    console.call(&format!("add --number A-78 {of} --units 1.5"));
    console.call(&format!("add --number A-79 {of} --units 10 --code 97112 --code 97530"));
    console.call("candidates c1").call("candidates c1 --all").call("show --charge c1").call("attach c1 1");
    console.call("show --charge c1").call("validate c1").call("show --charge c1");
    for (number, units) in [(2, 1), (3, 3), (4, 2)] {
        let charge = format!("charge c{number} --member m1 --payer example-health-plan --on 2026-03-0{number}");
        console.call(&format!("{charge} --code 97110 --units {units}")).call(&format!("attach c{number} 1"));
    }
    console.call("reverse c3").call("attach c3 1").at("2026-03-16T10:00:00-04:00");
    console.call("show 1").call("show 1 --format json");
    console.call("amend 1 --units 6 --reason The_payer_cut_it.").call("show 1").call("alerts");
    console.call("list").call("list --status EXPIRED").call("show --member m1").call("show --member m1 --format json");
    console.call("verify").call("audit charge c1").call("audit --anchor");
    console.snapshot("used");
}

#[test]
fn a_request_is_made_denied_appealed_and_won() {
    let mut console = Console::begun("appeal");
    console.call("request --charge c1").call("request --charge c1 --fact documents.supporting=false");
    console.call("request --charge c1 --fact documents.supporting=true --diagnosis M54.5 --place 11 --units 12");
    console.call("show --request 1").call("show --charge c1").call("submit 1 --outbox DIR/outbox").call("show 1");
    console.at("2026-03-04T10:00:00-05:00").answer("R00000001", "20260304*0900", "HCR*A3*D-7*0F~\nREF*NT*REV-3~");
    console.call("show --request 1").call("list --status DENIED");
    console.call("appeal 1 --note SEE_THE_LETTER --outbox DIR/outbox --reason It_is_needed.");
    console.call("show 1").call("show --request 2").call("show --request 2 --format json");
    console.at("2026-03-09T10:00:00-04:00").answer("R00000002", "20260309*0900", "HCR*A1*AUTH-8~");
    console.call("show 1").call("show --charge c1").call("show --charge c1 --format json").call("verify");
    console.snapshot("appeal");
}

#[test]
fn a_denial_by_letter_is_appealed_within_the_period_from_its_date() {
    let mut console = Console::begun("letter");
    console.call("request --charge c1 --fact documents.supporting=true --diagnosis M54.5 --units 12");
    console.call("submit 1 --outbox DIR/outbox").at("2026-03-20T10:00:00-04:00");
    console.call("determine 1 denied --on 2026-03-21").call("determine 1 denied --on 2026-03-01");
    console.call("determine 1 denied --on 2026-03-04 --issued 2026-03-04T10:00:00-05:00");
    console.call("determine 1 denied --on 4_March").call("determine 1 denied --on 2026-03-04").call("show 1");
    console.at("2026-05-01T10:00:00-04:00").call("alerts").at("2026-05-04T10:00:00-04:00").call("appeal 1 --by-hand");
    console.snapshot("letter");
}

#[test]
fn requests_follow_on_others() {
    let mut console = Console::begun("follow-on");
    let of = "--member m1 --payer example-health-plan --from 2026-03-01 --to 2026-05-31 --units 12 --code 97110";
    console.call(&format!("add --number A-77 {of}"));
    let paper = "--fact documents.supporting=true";
    console.call(&format!("request --renews 1 {paper}")).call("submit 1 --outbox DIR/outbox");
    console.call(&format!("request --renews 1 {paper}"));
    console
        .call(&format!("request --extends 1 --units 4 --to 2026-06-30 {paper}"))
        .call("submit 2 --outbox DIR/outbox");
    console.call("show --request 2").call("show 1").answer("R00000001", "20260303*0900", "HCR*A1*A-77~");
    console.answer("R00000002", "20260303*0901", "AAA*N**33*C~");
    console
        .call("show --request 2")
        .call("request --corrects 2 --to 2026-06-15")
        .call("show --request 3")
        .call("show 3");
    console.call("show --request 2").call("show 2").call("candidates c1 --all");
    console.snapshot("follow-on");
}

#[test]
fn a_charge_whose_authorization_is_taken_back_is_to_be_looked_at() {
    let mut console = Console::begun("taken-back");
    console.call("request --charge c1 --fact documents.supporting=true").call("submit 1 --outbox DIR/outbox");
    console.answer("R00000001", "20260303*0900", "HCR*A1*AUTH-5~").call("attach c1 1");
    console
        .at("2026-03-04T10:00:00-05:00")
        .answer("R00000001", "20260304*0900", "HCR*C~")
        .call("show --charge c1")
        .call("show --charge c1 --format json");
    console.call("appeal 1").call("request --again 1 --charge c1 --fact documents.supporting=true").call("show 1");
    console.snapshot("taken-back");
}

#[test]
fn what_is_refused_tells_the_cure() {
    let mut console = Console::begun("refused");
    console
        .call_as("bob:clinician", "attach c1 1")
        .call_as("eve:visitor", "show --charge c1")
        .call_as("nobody", "list");
    console.call("show").call("show 1").call("show --charge c9").call("show --member m9").call("show --request 9");
    console.call("show 1 --charge c1").call("attach c1 1").call("reverse c1").call("validate c1");
    console.call("charge c2 --member m9 --payer p --on 2026-03-05 --code 97110 --units 1");
    console.call("charge c2 --member m1 --payer p --on 5.3.2026 --code 97110 --units 1.00001");
    console.call("request --units 3").call("request --charge c1 --renews 1 --extends 1").call("request --renews 1");
    let of = "--member m1 --payer example-health-plan --from 2026-03-01 --to 2026-05-31 --units 12";
    console.call(&format!("add --number A-77 {of}")).call(&format!("add --number A-77 {of}"));
    let paper = "--fact documents.supporting=true";
    console.call(&format!("request --extends 1 --code 97110 {paper}"));
    console.call(&format!("request --renews 1 {paper}")).call("request --corrects 1").call("appeal 1");
    console.call(&format!("request --charge c1 {paper}")).call("appeal 1").call("appeal 1 --by-hand --immediate");
    console.call("submit 1 --outbox DIR/outbox").call("request --corrects 1");
    console.answer("R00000001", "20260303*0900", "HCR*A3**0F~");
    console.call("appeal 1").call("appeal 1 --number").call("request --corrects 1");
    console
        .call("request --corrects 1 --number ä")
        .call("request --corrects 1 --number D-1")
        .call("request --corrects 1");
    console.call("amend 1").call("amend 1 --code 97110 --all-codes").call("list --status GONE");
    console.call("verify --anchor 12").call("audit wheel 1").call("audit charge").call("receive DIR/none.x12");
    console.at("2026-07-01T10:00:00-04:00").call("submit 2 --outbox DIR/outbox");
    console.answer("R00000002", "20260303*0900", "HCR*A3*D-2*0F~").at("2026-12-01T10:00:00-05:00").call("appeal 2");
    console.snapshot("refused");
}

/// What the clearinghouse acknowledges: `said` is a TA1, or the IK5 and AK9 of a 999.
fn acknowledgement(control: &str, said: &str) -> String {
    let body = match said.starts_with("TA1") {
        true => format!("{said}\nIEA*0*{control}~\n"),
        false => format!(
            "GS*FA*EXAMPLECH*OURCLINIC*20260302*1100*901*X*005010X231A1~\nST*999*0001*005010X231A1~\n\
             AK1*HI*1*005010X217~\nAK2*278*0001*005010X217~\n{said}\nSE*6*0001~\nGE*1*901~\nIEA*1*{control}~\n"
        ),
    };
    format!(
        "ISA*00*          *00*          *ZZ*EXAMPLECH      *ZZ*OURCLINIC      *260302*1100*^*00501*{control}*0*T*:~\n{body}"
    )
}

#[test]
fn nothing_to_do_is_said() {
    let mut console = Console::new("nothing");
    console.call("member m1 --last-name RUIZ --first-name EVA --born 1980-02-03");
    for format in ["text", "json"] {
        console.call(&format!("list --format {format}")).call(&format!("list --member m1 --format {format}"));
        console.call(&format!("alerts --format {format}"));
        console.call(&format!("submit --waiting --outbox DIR/outbox --format {format}"));
        console.call(&format!("submit --retries --outbox DIR/outbox --format {format}"));
        std::fs::create_dir_all(console.folder.path().join("inbox")).unwrap();
        console.call(&format!("receive --inbox DIR/inbox --format {format}"));
    }
    console.call_as("bob:clinician", "receive --inbox DIR/inbox");
    console.snapshot("nothing");
}

#[test]
fn what_was_taken_is_said() {
    let mut console = Console::begun("taken");
    console.call("candidates c1").call("request --charge c1 --fact documents.supporting=true --diagnosis M54.5");
    // the outbox cannot be made: the message waits
    console.folder.write("blocked", "");
    console.call("submit 1 --outbox DIR/blocked").call("submit --waiting --outbox DIR/outbox");
    for (name, said) in [
        ("1", "TA1*000000001*260302*1000*A*000~"),
        ("2", "IK5*A~\nAK9*A*1*1*1~"),
        ("3", "IK5*E*5~\nAK9*E*1*1*1~"),
        ("4", "TA1*000000001*260302*1000*R*006~"),
    ] {
        console.folder.write(&format!("{name}.x12"), acknowledgement(&format!("00000090{name}"), said));
        console.call(&format!("receive DIR/{name}.x12"));
    }
    console.call("receive DIR/2.x12").call("receive DIR/1.x12 --format json");
    console.folder.write("5.x12", acknowledgement("000000905", "TA1").replace("TA1\n", ""));
    console.call("receive DIR/5.x12").snapshot("taken");
}

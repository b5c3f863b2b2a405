//! Scripts that try to get out, to go on for ever, or to fill the memory.

use super::{VOCABULARY, entered_by, load, says};

/// The message of a fault.
#[track_caller]
fn fails(script: &str) -> String {
    says(script, "WO-1").expect_err(script)
}

/// What is refused before it runs: the codes of its faults.
#[track_caller]
fn refused(script: &str) -> String {
    let policy = format!("escalations: p\ncategories:\n{}", entered_by("code", script));
    let (program, faults) = load(&[("v.yaml", VOCABULARY), ("p.yaml", &policy)]);
    assert!(program.is_none(), "{script} is not refused");
    faults
}

#[test]
fn nothing_leads_out() {
    let roads = [
        "import \"/etc/passwd\" as p; true",
        "export value as v; true",
        "eval(\"true\")",
        "print(value); true",
        "debug(value); true",
        "timestamp() > 0",
        "rand() > 0.5",
        "sleep(1); true",
        "open_file(\"/etc/passwd\").is_empty()",
        "let f = Fn(\"print\"); f.call(value); true",
        "let f = || true; f.call()",
        "call(\"eval\", \"true\")",
        "type_of(value) == \"string\"",
        "is_def_fn(\"eval\", 1)",
        "value.to_json() == \"\"",
        "parse_json(\"{}\"); true",
        "exit(true)",
        "this.len > 3 && global::x",
        "std::env::var(\"HOME\") == \"\"",
        "value::len",
        "fn eval(x) { true } eval(1)",
        "} fn rhai2(value) { true",
        "true } rhai(value); fn x() { true",
        "`${eval(\"1\")}` == \"1\"",
    ];
    for road in roads {
        let faults = refused(road);
        assert!(faults.contains("error[RB70"), "{road}\n{faults}");
    }
}

#[test]
fn nothing_goes_on_for_ever() {
    let steps = "it takes more than 100000 steps; see that each of its loops ends, and soon";
    for script in [
        "loop { }",
        "while true { } true",
        "do { } while true; true",
        "for i in 0..9223372036854775807 { } true",
        "for i in 0..=9223372036854775807 { } true",
        "let i = 0; loop { i += 1; if i < 0 { break; } } true",
        "for i in 0..100000 { for j in 0..100000 { } } true",
        "loop { value.contains(\"x\"); }",
    ] {
        assert_eq!(fails(script), steps, "{script}");
    }
    // a long text costs a step for every 64 bytes each time that it is searched
    let long = "a".repeat(60_000);
    assert_eq!(says("for i in 0..1000 { value.contains(\"b\"); } true", &long), Err(steps.to_owned()));
    assert_eq!(says("for i in 0..50 { value.contains(\"b\"); } true", &long), Ok(true));
}

#[test]
fn functions_do_not_call_one_another_for_ever() {
    let hooks = "fn down(n) { down(n + 1) }\nfn ping(n) { pong(n) }\nfn pong(n) { ping(n) }\n";
    for name in ["down", "ping"] {
        let category = format!("  c:\n    when: {{ order.count: {{ hook: {name} }} }}\n    turnaround: none stated\n");
        let answer = super::answer(&super::policy(hooks, &category), &serde_json::json!({ "order.count": 1 }));
        let message = &answer["faults"][0]["message"];
        assert_eq!(message, "its functions call one another more than 16 deep; write a loop instead");
        let place = answer["faults"][0]["place"].as_str().unwrap();
        assert!(place.starts_with("hooks/h.rhai:"), "{place}");
    }
}

#[test]
fn nothing_grows_without_end() {
    let text = "a text grows beyond 65536 bytes; add less to it";
    let items = "a list or map grows beyond 1000 items; keep fewer of them";
    for script in [
        "let t = \"ab\"; loop { t += t; } true",
        "let t = \"ab\"; loop { t = t + t; } true",
        "let t = \"ab\"; loop { t += t + \" \" + t; } true",
        "let t = \"ab\"; loop { t += 'c'; t = 'c' + t + t; } true",
        "let l = []; loop { l.push(\"0123456789012345678901234567890123456789012345678901234567890123456789\"); } true",
    ] {
        assert_eq!(fails(script), text, "{script}");
    }
    for script in [
        "let l = []; loop { l.push(1); } true",
        "let l = [1]; loop { l += l; } true",
        "let l = [1]; loop { l = [l, l]; } true",
        "let l = [[]]; loop { l.push([1, 2, 3]); } true",
        "let m = #{ a: 1 }; loop { m = #{ a: m, b: m }; } true",
        "let l = []; for i in 0..2000 { l += [i]; } true",
        "let l = value.split(\"\"); loop { l += l; } true",
    ] {
        assert_eq!(fails(script), items, "{script}");
    }
    let long = "a,".repeat(30_000);
    assert_eq!(says("value.split(\",\").len > 5", &long), Err(items.to_owned()));
    let many: String = (0..40).map(|n| format!("let v{n} = {n}; ")).collect();
    assert_eq!(fails(&format!("{many}true")), "it has more than 32 variables; split it into functions");
}

#[test]
fn nothing_grows_in_place() {
    for script in [
        "let m = #{}; let i = 0; loop { m[\"k\" + i] = value; i += 1; } true",
        "let m = #{}; m.a = value; true",
        "let l = [1]; l[0] = value; true",
        "let t = \"ab\"; loop { t = `${t}${t}`; } true",
    ] {
        assert!(refused(script).contains("error[RB701]"), "{script}");
    }
}

#[test]
fn a_deep_script_is_refused_and_not_run_into() {
    for (open, inside, close) in [
        ("(", "true", ")"),
        ("[", "1", "]"),
        ("#{a:", "1", "}"),
        ("!", "true", ""),
        ("{", "true", "}"),
        ("if true {", "true", "} else { false }"),
        ("value.contains(", "value", ")"),
        ("1 + ", "1", ""),
        ("true && ", "true", ""),
        ("-", "1", ""),
        ("while true {", "true", "}"),
    ] {
        for depth in [200, 2_000] {
            let script = format!("let x = {}{inside}{}; true", open.repeat(depth), close.repeat(depth));
            assert!(!refused(&script).is_empty());
        }
    }
}

/// A hook that is stopped at a bound is told of where it was, not where it begins.
#[test]
fn a_bound_is_told_of_where_it_was_reached() {
    let policy = "  c:\n    when: { order.code: { hook: asked } }\n    turnaround: none stated\n";
    for (hooks, place) in [
        ("fn asked(code) {\n  let n = 0;\n  loop { n += 1; }\n  true\n}\n", "3:15"),
        ("fn asked(code) {\n  let n = 0;\n  while n < 3 { }\n  true\n}\n", "3:9"),
        ("fn asked(code) {\n  loop { }\n}\n", "2:8"),
        ("fn asked(code) {\n  for i in 0..999999999 { if i < 0 { return true; } }\n  false\n}\n", "2:"),
        ("fn asked(code) {\n  code.len > 1 && on(code)\n}\nfn on(code) {\n  loop { }\n}\n", "2:19"),
        ("fn asked(code) {\n  let list = [];\n  loop { list.push(1); }\n}\n", "3:15"),
        ("fn asked(code) {\n  let text = code;\n  loop { text += text; }\n}\n", "3:15"),
    ] {
        let answer = super::answer(&super::policy(hooks, policy), &serde_json::json!({ "order.code": "WO-1" }));
        let told = answer["faults"][0]["place"].as_str().unwrap();
        assert!(told.starts_with(&format!("hooks/h.rhai:{place}")), "{hooks}\n{told}");
    }
    let script = "let n = 0; while true { n += 1; } true";
    let answer = super::answer(&super::asking("code", script), &serde_json::json!({ "order.code": "WO-1" }));
    let at = answer["faults"][0]["place"].as_str().unwrap().rsplit(':').next().unwrap().parse::<usize>().unwrap();
    let line = super::entered_by("code", script).lines().nth(1).unwrap().to_owned();
    let body = line.find("while").unwrap()..line.find("} true").unwrap();
    assert!(body.contains(&(at - 1)), "{at}: {line}");
}

// Answers one line on standard output to each line on standard input: the nanoseconds that something took.
"use strict";
const fs = require("fs");
const readline = require("readline");
const told = process.stdout.write.bind(process.stdout);
console.log = console.warn = console.error; // survey-core may talk while it works
const { SurveyModel, FunctionFactory } = require(process.argv[2]);

let survey = null;
FunctionFactory.Instance.register("textLength", (given) => String(given[0] ?? "").length);

// Two numbers: from the bytes to the model, and from there to the questions of the first page.
function load(file) {
  const bytes = fs.readFileSync(file);
  const began = process.hrtime.bigint();
  survey = new SurveyModel(JSON.parse(bytes.toString("utf8")));
  const made = process.hrtime.bigint();
  const first = survey.currentPage.questions.filter((question) => question.isVisible && question.title);
  const ready = process.hrtime.bigint();
  if (first.length === 0) throw new Error("the first page asks nothing");
  return `${made - began} ${ready - made}`;
}

function value(kind, text) {
  if (kind === "int" || kind === "decimal") return Number(text);
  return kind === "choices" ? text.split(" ") : text;
}

// A number for each answer, in the order of the file (path, kind, text); 0 where it is not asked at that moment.
function answer(file) {
  const took = [];
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    if (!line) continue;
    const [path, kind, text] = line.split("\t");
    const question = survey.getQuestionByName(path.split("/").pop());
    if (!question.isVisible || !question.page.isVisible) {
      took.push("0"); // nobody is asked
      continue;
    }
    const given = value(kind, text);
    const began = process.hrtime.bigint();
    question.value = given;
    const ended = process.hrtime.bigint();
    if (question.errors.length > 0) throw new Error(`${path} was refused`);
    took.push(String(ended - began));
  }
  return took.join(" ");
}

readline.createInterface({ input: process.stdin, terminal: false }).on("line", (line) => {
  const [what, file] = line.split("\t");
  told(`${what === "load" ? load(file) : answer(file)}\n`);
});

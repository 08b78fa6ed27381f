import { describe, expect, test } from "vitest";
import { type Column, type Mapping, read, roleOf, withRole, withValue, write } from "./mapping.ts";

const TEXT = `
[columns]
id = 1
department = "team"

[answers.recommend]
column = "how  likely"
kind = "NPS"

[answers.use]
kind = "MULTIPLE_CHOICE"

[answers.use.options]
web = "web"
`;
const COLUMNS: Column[] = ["nr", "team", "how likely", "web", "note", "note"].map((title, at) => ({
  number: at + 1,
  title,
  cells: [],
}));

function column(number: number): Column {
  const found = COLUMNS[number - 1];
  if (found === undefined) throw new Error("no such column");
  return found;
}

function mapping(text = TEXT): Mapping {
  const found = read(text);
  if ("wrong" in found) throw new Error(found.wrong);
  return found.mapping;
}

describe("what a column is", () => {
  test.each([
    [1, "field:id"],
    [2, "field:department"],
    [3, "answer:recommend"],
    [4, "option:use.web"],
    [5, ""],
  ])("column %i", (number, role) => {
    expect(roleOf(mapping(), column(number))).toBe(role);
  });

  test("it becomes something else, and is nothing else any more", () => {
    const changed = withRole(mapping(), column(2), "new:TEXT", COLUMNS);
    expect(roleOf(changed, column(2))).toBe("answer:team");
    expect(mapping(write(changed))["columns"]).toEqual({ id: 1 });
  });

  test("an option is left out, and the others stay", () => {
    const changed = withRole(mapping(), column(4), "", COLUMNS);
    expect(roleOf(changed, column(4))).toBe("");
    expect(roleOf(changed, column(3))).toBe("answer:recommend");
  });

  test("columns of one title are named by their numbers", () => {
    const changed = withRole(mapping(), column(6), "new:TEXT", COLUMNS);
    expect(roleOf(changed, column(5))).toBe("");
    expect(roleOf(changed, column(6))).toBe("answer:note");
    const both = withRole(changed, column(5), "new:TEXT", COLUMNS);
    expect(roleOf(both, column(5))).toBe("answer:note-5");
  });
});

test("a value that is taken away takes its empty table along", () => {
  const changed = withValue(mapping(), "create", "survey", true);
  expect(changed["create"]).toEqual({ survey: true });
  expect(withValue(changed, "create", "survey", undefined)).not.toHaveProperty("create");
});

test("a text that is no TOML says where it is wrong", () => {
  expect(read("[columns\nid = 1")).toHaveProperty("wrong");
});

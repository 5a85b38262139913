#!/usr/bin/env node
// @ts-check
/*
 * Fails if Terraform code has a rule of a security group that self-healing would remove, because it is missing from the
 * output `declared_rules` of its module, or the module is missing from declared-rules.tf.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = import.meta.dirname;
const RULE =
  /^resource\s+"(aws_vpc_security_group_(?:in|e)gress_rule)"\s+"([\w-]+)"/gm;
const OTHER_RULE = /^resource\s+"(aws_security_group_rule)"\s+"([\w-]+)"/gm;
const GROUP =
  /^resource\s+"(aws_security_group)"\s+"([\w-]+)"[^\n]*\n([^]*?)^\}/gm;
const INLINE_RULES = /^\s+(?:dynamic\s+")?(?:in|e)gress\b/m;
const DECLARED_RULES = /^output\s+"declared_rules"[^]*?^\}/m;
const MODULE = /^module\s+"([\w-]+)"[^]*?^\}/gm;
const SOURCE = /^\s+source\s*=\s*"([^"]+)"/m;

/** The code of a folder without comments. @param {string} folder */
function read(folder) {
  return readdirSync(folder)
    .filter(name => name.endsWith('.tf'))
    .map(name => readFileSync(path.join(folder, name), 'utf8'))
    .join('\n')
    .replace(/^\s*(?:#|\/\/).*$/gm, '');
}

/** Folders with code, from the root downwards. @param {string} folder @returns {string[]} */
function foldersBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  return [
    folder,
    ...entries
      .filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
      .flatMap(({ name }) => foldersBelow(path.join(folder, name))),
  ];
}

/** @param {string} code @param {string} reference */
function mentions(code, reference) {
  return new RegExp(`(?<![\\w.-])${reference}(?![\\w-])`).test(code);
}

/** Rules that no list can declare. @param {string} code */
function undeclarable(code) {
  const groups = [...code.matchAll(GROUP)].filter(([, , , body]) =>
    INLINE_RULES.test(body),
  );
  return [...code.matchAll(OTHER_RULE), ...groups].map(
    ([, type, name]) =>
      `${type}.${name}: write each rule as aws_vpc_security_group_ingress_rule or aws_vpc_security_group_egress_rule`,
  );
}

/** @param {string} folder @param {string} code @param {string} declared - where the rules must be listed */
function undeclared(folder, code, declared) {
  const place =
    folder === ROOT ? 'declared-rules.tf' : 'the output declared_rules';
  return [...code.matchAll(RULE)]
    .map(([, type, name]) => `${type}.${name}`)
    .filter(rule => !mentions(declared, rule))
    .map(rule => `${rule}: add it to ${place}`);
}

/** Calls of a module that declares rules. @param {string} folder @param {string} root - code of the root */
function callsOf(folder, root) {
  return [...root.matchAll(MODULE)]
    .filter(
      ([call]) => path.join(ROOT, SOURCE.exec(call)?.[1] ?? '') === folder,
    )
    .map(([, name]) => name);
}

/** @param {string} folder @param {string} root @param {string} declared - content of declared-rules.tf */
function uncollected(folder, root, declared) {
  const calls = callsOf(folder, root);
  if (calls.length === 0) {
    return [
      'no file in infra/terraform itself calls this module, so that nothing can declare its rules',
    ];
  }
  return calls
    .filter(
      name =>
        !mentions(
          declared,
          `module\\.${name}(?:\\[[^\\]]*\\])?\\.declared_rules`,
        ),
    )
    .map(name => `add module.${name}.declared_rules to declared-rules.tf`);
}

/** @param {string} folder */
function problemsOf(folder) {
  const code = read(folder);
  if (folder === ROOT) {
    return [...undeclarable(code), ...undeclared(folder, code, collected)];
  }
  const declared = DECLARED_RULES.exec(code)?.[0] ?? '';
  const hasRules = declared || code.search(RULE) !== -1;
  return [
    ...undeclarable(code),
    ...undeclared(folder, code, declared),
    ...(hasRules ? uncollected(folder, root, collected) : []),
  ];
}

const root = read(ROOT);
const collected = readFileSync(path.join(ROOT, 'declared-rules.tf'), 'utf8');
const problems = foldersBelow(ROOT).flatMap(folder =>
  problemsOf(folder).map(
    problem => `${path.relative(ROOT, folder) || '.'}: ${problem}`,
  ),
);
if (problems.length > 0) {
  console.error(
    ['Self-healing would remove declared rules:', ...problems].join('\n  '),
  );
  process.exitCode = 1;
}

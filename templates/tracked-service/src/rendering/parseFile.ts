import { extname } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { cloudFormationTags } from '../tools/cloudFormationTags';
import type { CheckedFile } from './checkRendering';

const parsers: Record<string, (file: CheckedFile) => string[]> = {
  '.json': parseJson,
  '.yaml': parseYaml,
  '.yml': parseYaml,
  '.xml': parseXml,
  '.jmx': parseXml,
  '.ts': parseScript,
  '.mts': parseScript,
  '.js': parseScript,
  '.mjs': parseScript,
};

/**
 * Returns the syntax errors of a file in a format that can be parsed here; G1 checks the other formats with their
 * tools.
 */
export function parseFile(file: CheckedFile): string[] {
  const parse = parsers[extname(file.path)];
  return parse ? parse(file).map(problem => `${file.path}: ${problem}`) : [];
}

function parseJson({ path, text }: CheckedFile): string[] {
  // The configuration of TypeScript and of editors may have comments.
  if (/(?:tsconfig[^/]*|\.vscode\/[^/]*)\.json$/.test(path)) {
    const { error } = ts.parseConfigFileTextToJson(path, text);
    return error
      ? [ts.flattenDiagnosticMessageText(error.messageText, ' ')]
      : [];
  }
  try {
    JSON.parse(text);
    return [];
  } catch (error) {
    return [String(error)];
  }
}

function parseYaml({ text }: CheckedFile): string[] {
  const documents = parseAllDocuments(text, {
    uniqueKeys: true,
    customTags: cloudFormationTags,
  });
  return [...documents].flatMap(document =>
    [...document.errors, ...document.warnings].map(error => error.message),
  );
}

function parseXml({ text }: CheckedFile): string[] {
  const result = XMLValidator.validate(text);
  return result === true ? [] : [`${result.err.line}: ${result.err.msg}`];
}

function parseScript({ path, text }: CheckedFile): string[] {
  const { diagnostics } = ts.transpileModule(text, {
    // A declaration has no output, but the syntax of TypeScript.
    fileName: path.replace(/\.d\.(c|m)?ts$/, '.ts'),
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  });
  return (diagnostics ?? []).map(diagnostic =>
    ts.flattenDiagnosticMessageText(diagnostic.messageText, ' '),
  );
}

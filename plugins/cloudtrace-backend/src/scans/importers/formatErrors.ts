import type {
  CodedMessage,
  MessageValue,
} from '@cloudtrace/plugin-cloudtrace-common';
import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';
import type { JsonReader } from './JsonReader';

/** A field that the format requires is missing. */
export function missingField(path: string): ScanFormatError {
  return new ScanFormatError({ code: 'scan-missing', values: { path } });
}

/** A value is of another type. */
export function notAList({ place }: JsonReader): ScanFormatError {
  return new ScanFormatError({
    code: 'scan-not-a-list',
    values: { path: place },
  });
}

/** An object lacks one or both of its fields. */
export function lacksFields(
  { place }: JsonReader,
  ...[first, second]: [first: string, second?: string]
): ScanFormatError {
  return new ScanFormatError(
    second === undefined
      ? { code: 'scan-must-have', values: { path: place, field: first } }
      : {
          code: 'scan-must-have-both',
          values: { path: place, first, second },
        },
  );
}

/** The document is not in the format; names the command that writes it. */
export function notOutputOf(
  command: string,
  problem: CodedMessage,
): ScanFormatError {
  return new ScanFormatError({
    code: 'scan-send-output',
    values: { problem, command },
  });
}

/** A tool wrote an error instead of results. */
export function failedTool(tool: string, said: string): ScanFormatError {
  return new ScanFormatError({
    code: 'scan-tool-failed',
    values: { tool, said },
  });
}

/** A document in another format than the importer's. */
export function formatError(
  code: CodedMessage['code'],
  values: Record<string, MessageValue> = {},
): ScanFormatError {
  return new ScanFormatError({ code, values });
}

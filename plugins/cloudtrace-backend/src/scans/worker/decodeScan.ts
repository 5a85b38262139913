import { ScanFormatError } from '@cloudtrace/plugin-cloudtrace-node';
import { gunzipSync } from 'node:zlib';

/** Limits for an uploaded file. */
export const bodyLimits = {
  gzipBytes: 10 * 1024 * 1024,
  rawBytes: 64 * 1024 * 1024,
  /** Ratio of decompressed to compressed size; small results may have any ratio. */
  ratio: 100,
  ratioFreeBytes: 4 * 1024 * 1024,
  depth: 64,
  values: 8_000_000,
};

/** Decompresses, decodes and parses a file within {@link bodyLimits}. */
export function decodeScan(
  body: Uint8Array,
  { gzip, jsonLines = false }: { gzip: boolean; jsonLines?: boolean },
): unknown {
  const bytes = gzip ? decompress(body) : body;
  if (bytes.length > bodyLimits.rawBytes) throw tooLarge();
  checkStructure(bytes);
  const text = decodeUtf8(bytes);
  try {
    return jsonLines ? parseLines(text) : JSON.parse(text);
  } catch (error) {
    throw new ScanFormatError({
      code: 'scan-no-json',
      values: { error: messageWithoutExcerpt(error as Error) },
    });
  }
}

/** Returns a list of the values of all lines, or the value if it is a list or a single document. */
function parseLines(text: string): unknown[] {
  if (/^\s*(\[|\{\s*\n)/.test(text)) return [JSON.parse(text)].flat();
  return text.split('\n').flatMap((line, i) => {
    if (!line.trim()) return [];
    try {
      return [JSON.parse(line)];
    } catch (error) {
      throw new Error(`line ${i + 1}: ${(error as Error).message}`);
    }
  });
}

function decompress(body: Uint8Array): Uint8Array {
  const most = Math.min(
    bodyLimits.rawBytes,
    Math.max(bodyLimits.ratioFreeBytes, body.length * bodyLimits.ratio),
  );
  try {
    return gunzipSync(body, { maxOutputLength: most });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') {
      throw most < bodyLimits.rawBytes
        ? new ScanFormatError({
            code: 'scan-bomb',
            values: { factor: bodyLimits.ratio },
          })
        : tooLarge();
    }
    throw new ScanFormatError({ code: 'scan-no-gzip', values: {} });
  }
}

function tooLarge() {
  return new ScanFormatError({
    code: 'scan-too-large',
    values: { bytes: bodyLimits.rawBytes },
  });
}

function decodeUtf8(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const utf16 =
    (a === 0xff && b === 0xfe) ||
    (a === 0xfe && b === 0xff) ||
    (bytes.length > 1 && (a === 0) !== (b === 0));
  if (utf16) {
    throw new ScanFormatError({ code: 'scan-utf-16', values: {} });
  }
  try {
    // Skips a byte order mark.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ScanFormatError({ code: 'scan-no-utf-8', values: {} });
  }
}

/** Counts levels and values before building anything from them. */
function checkStructure(bytes: Uint8Array): void {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (inText) {
      if (byte === 0x5c) i += 1;
      else if (byte === 0x22) inText = false;
    } else if (byte === 0x22) {
      inText = true;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      values += 1;
      if (depth > bodyLimits.depth) {
        throw new ScanFormatError({
          code: 'scan-too-deep',
          values: { levels: bodyLimits.depth },
        });
      }
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
    } else if (byte === 0x2c) {
      values += 1;
    }
  }
  if (values > bodyLimits.values) {
    throw new ScanFormatError({
      code: 'scan-too-many-values',
      values: { most: bodyLimits.values },
    });
  }
}

/** Without the excerpt of the file that newer versions of Node.js quote. */
function messageWithoutExcerpt(error: Error): string {
  return error.message.split(/, "|, \.\.\./)[0].slice(0, 200);
}

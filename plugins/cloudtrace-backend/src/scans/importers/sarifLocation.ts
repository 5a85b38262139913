import type { FindingLocation } from '@cloudtrace/plugin-cloudtrace-common';
import type { JsonReader } from './JsonReader';
import { readPath, readRoot } from './readPath';

const maxLine = 2 ** 31 - 1;

/** Directories that the paths of a run may start with. */
export function readSarifRoots(run: JsonReader): string[] {
  const bases = run
    .at('originalUriBaseIds')
    .entries()
    .map(([, base]) => base.at('uri').raw());
  const directories = run
    .at('invocations')
    .items()
    .map(invocation => invocation.at('workingDirectory').at('uri').raw());
  return [...bases, ...directories]
    .map(readRoot)
    .filter((root): root is string => root !== undefined)
    .slice(0, 20)
    .sort((a, b) => b.length - a.length);
}

/** Reads where a result is, with the source text if the file has it. */
export function readSarifLocation(
  location: JsonReader,
  roots: readonly string[],
): { location?: FindingLocation; snippet?: string } {
  const physical = location.at('physicalLocation');
  const uri = physical.at('artifactLocation').at('uri').text(2_048);
  const path = readPath(uri, roots);
  if (!path) return {};
  const region = physical.at('region');
  return {
    location: {
      path,
      startLine: readPosition(region.at('startLine')),
      endLine: readPosition(region.at('endLine')),
      startColumn: readPosition(region.at('startColumn')),
      endColumn: readPosition(region.at('endColumn')),
    },
    snippet: region.at('snippet').at('text').raw()?.slice(0, 4_096),
  };
}

/** Lines and columns from 1 on; what cannot be one is left out. */
export function readPosition(value: JsonReader): number | undefined {
  const position = value.number();
  return position !== undefined &&
    Number.isInteger(position) &&
    position >= 1 &&
    position <= maxLine
    ? position
    : undefined;
}

import type { FindingLocation } from '@cloudtrace/plugin-cloudtrace-common';
import type { NormalizedOccurrence } from '@cloudtrace/plugin-cloudtrace-node';
import type { JsonReader } from './JsonReader';
import { SarifUris } from './SarifUris';

const MAX_LINE = 2 ** 31 - 1;

/** Reads the locations of a run's results. */
export class SarifLocations {
  readonly #uris: SarifUris;
  readonly #logical: JsonReader[];

  constructor(run: JsonReader) {
    this.#uris = new SarifUris(run);
    this.#logical = run.at('logicalLocations').items();
  }

  /** Every place of a result: its locations, otherwise the analysed artifact. */
  read(result: JsonReader, most: number): NormalizedOccurrence[] {
    const places = result
      .at('locations')
      .items()
      .slice(0, most)
      .map(location => this.#readLocation(location))
      .filter(({ location, target }) => location ?? target);
    if (places.length > 0) return places;
    const analysed = this.#uris.read(result.at('analysisTarget'));
    return analysed.path ? [{ location: { path: analysed.path } }] : [];
  }

  #readLocation(location: JsonReader): NormalizedOccurrence {
    const physical = location.at('physicalLocation');
    const { path, url } = this.#uris.read(physical.at('artifactLocation'));
    const region = physical.at('region');
    const target = this.#readLogical(location) ?? url;
    return {
      location: path ? { path, ...readRegion(region) } : undefined,
      ...(target && { target }),
      snippet: (
        region.at('snippet').at('text').raw() ??
        physical.at('contextRegion').at('snippet').at('text').raw()
      )?.slice(0, 4_096),
    };
  }

  /** The name of a class, function or resource, possibly from the run's list. */
  #readLogical(location: JsonReader): string | undefined {
    const [first] = location.at('logicalLocations').items();
    const index = first?.at('index').number();
    const cached = index === undefined ? undefined : this.#logical[index];
    for (const logical of [first, cached]) {
      const name =
        logical?.at('fullyQualifiedName').text(1_024) ??
        logical?.at('decoratedName').text(1_024) ??
        logical?.at('name').text(1_024);
      if (name) return name;
    }
    return undefined;
  }
}

function readRegion(region: JsonReader): Omit<FindingLocation, 'path'> {
  return {
    startLine: readPosition(region.at('startLine')),
    endLine: readPosition(region.at('endLine')),
    startColumn: readPosition(region.at('startColumn')),
    endColumn: readPosition(region.at('endColumn')),
  };
}

/** Lines and columns start at 1; invalid values are skipped. */
export function readPosition(value: JsonReader): number | undefined {
  const position = value.number();
  return position !== undefined &&
    Number.isInteger(position) &&
    position >= 1 &&
    position <= MAX_LINE
    ? position
    : undefined;
}

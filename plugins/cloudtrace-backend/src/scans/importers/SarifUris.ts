import type { JsonReader } from './JsonReader';
import { readPath, readRoot } from './readPath';

/** Maximum depth of bases that refer to other bases. */
const MAX_BASES = 10;
/** Maximum depth of archives in archives. */
const MAX_CONTAINERS = 10;
/** Values that tools write if the format requires a file and there is none. */
const placeholder =
  /^(no[\s_-]*file([\s_-]*associated.*)?|unknown|undefined|null|none|n\/a|-)$/i;
/** Names that tools use for the root of the repository. */
const rootNames = ['SRCROOT', 'PROJECTROOT', 'REPOROOT', 'ROOT'];

/** Resolves the artifact locations of a run to paths in the repository. */
export class SarifUris {
  readonly #run: JsonReader;
  readonly #artifacts: JsonReader[];
  readonly #roots: string[];

  constructor(run: JsonReader) {
    this.#run = run;
    this.#artifacts = run.at('artifacts').items();
    this.#roots = this.#readRoots();
  }

  /** The path, or the URL if it is not a file. */
  read(artifact: JsonReader): { path?: string; url?: string } {
    const index = artifact.at('index').number();
    const listed = index === undefined ? undefined : this.#artifacts[index];
    const isNested = listed?.at('parentIndex').exists ?? false;
    const location =
      listed && (isNested || !artifact.at('uri').exists)
        ? listed.at('location')
        : artifact;
    const whole = this.#wholeUri(location);
    if (!whole) return {};
    const path = readPath(
      listed && isNested ? this.#inContainers(listed, whole) : whole,
      this.#roots,
    );
    return path ? { path } : { url: readUrl(whole) };
  }

  /** The URI of a location below its bases; `undefined` if it names no file. */
  #wholeUri(location: JsonReader): string | undefined {
    const uri = withoutFragment(location.at('uri').text(2_048) ?? '');
    if (!uri || placeholder.test(uri.replaceAll('%20', ' '))) return undefined;
    return this.#resolve(uri, location.at('uriBaseId').raw());
  }

  /** The URI of a file in an archive below the archive's own (SARIF 2.1.0, 3.24.3). */
  #inContainers(artifact: JsonReader, uri: string): string {
    let whole = uri;
    let index = artifact.at('parentIndex').number();
    for (let i = 0; i < MAX_CONTAINERS && index !== undefined; i++) {
      const parent = this.#artifacts[index];
      const parentUri = parent && this.#wholeUri(parent.at('location'));
      if (!parentUri) break;
      whole = `${parentUri}/${whole.replace(/^\//, '')}`;
      index = parent.at('parentIndex').number();
    }
    return whole;
  }

  /** The URI below its base, which may have another base. */
  #resolve(uri: string, baseId: string | undefined): string {
    let whole = uri;
    let id = baseId;
    for (let i = 0; i < MAX_BASES && id && !isAbsolute(whole); i++) {
      const base = this.#run.at('originalUriBaseIds').at(id);
      const baseUri = base.at('uri').raw() ?? '';
      id = base.at('uriBaseId').raw();
      // An external base, such as a repository's page, is the root.
      if (/^(?!file:)[a-z][a-z0-9+.-]+:/i.test(baseUri)) return whole;
      if (baseUri) whole = `${baseUri.replace(/\/?$/, '/')}${whole}`;
    }
    return whole;
  }

  /**
   * Directories that paths may start with: the repository's root first, then
   * bases from the outermost to the innermost, then working directories.
   */
  #readRoots(): string[] {
    const bases = this.#run
      .at('originalUriBaseIds')
      .entries()
      .slice(0, 100)
      .map(([id, base]) => ({
        isRoot: rootNames.includes(id.replace(/[%$_{}]/g, '').toUpperCase()),
        root: readRoot(base.at('uri').raw()),
      }))
      .sort(
        (a, b) =>
          Number(b.isRoot) - Number(a.isRoot) ||
          (a.root?.length ?? 0) - (b.root?.length ?? 0),
      )
      .map(({ root }) => root);
    const directories = this.#run
      .at('invocations')
      .items()
      .map(item => readRoot(item.at('workingDirectory').at('uri').raw()))
      .sort((a, b) => (b?.length ?? 0) - (a?.length ?? 0));
    return [...bases, ...directories]
      .filter((root): root is string => root !== undefined)
      .slice(0, 20);
  }
}

function isAbsolute(uri: string): boolean {
  return /^([a-z][a-z0-9+.-]+:|\/)/i.test(uri);
}

/**
 * The URI of a file without `#L10` or `?raw`. Tools also write plain paths,
 * such as `C#/Program.cs`, which have neither.
 */
function withoutFragment(uri: string): string {
  const [, file = uri] =
    /^(.*?\.[a-z0-9]+)[#?].*$/i.exec(uri) ?? /^(.*?)#[^/]*$/.exec(uri) ?? [];
  return file;
}

/** A URL without possible secrets. */
function readUrl(uri: string): string | undefined {
  try {
    const { protocol, origin, pathname } = new URL(uri);
    return ['http:', 'https:'].includes(protocol)
      ? `${origin}${pathname}`.slice(0, 1_024)
      : undefined;
  } catch {
    return undefined;
  }
}

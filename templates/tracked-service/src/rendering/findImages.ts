import type { Rendering } from '../Scaffolder';

/** A container image that a repository uses. */
export interface NamedImage {
  path: string;
  /** Counted from 1. */
  line: number;
  image: string;
  hasDigest: boolean;
}

const FILES = /(?:\.ya?ml|\.sh|\.env|Jenkinsfile)$/;

/** Finds the images in compose files, pipelines and scripts, except those that are built here and not pulled. */
export function findImages(rendering: Rendering): NamedImage[] {
  return [...rendering]
    .filter(([path]) => FILES.test(path))
    .flatMap(([path, { content }]) =>
      imagesOf(path, content.toString('utf8').split('\n')),
    );
}

function imagesOf(path: string, lines: readonly string[]): NamedImage[] {
  return lines.flatMap((line, index) => {
    const image =
      /^\s*(?:- )?image: (\S+)$/.exec(line)?.[1] ??
      /_IMAGE=(\S+)$/.exec(line)?.[1];
    if (!image || image.startsWith('local/')) {
      return [];
    }
    return {
      path,
      line: index + 1,
      image,
      hasDigest: /@sha256:[0-9a-f]{64}$/.test(image),
    };
  });
}

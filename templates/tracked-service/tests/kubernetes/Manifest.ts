/* eslint-disable @typescript-eslint/no-explicit-any -- objects of many kinds, whose schemas are checked elsewhere */

/** An object of Kubernetes as it is in a rendered manifest. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
  };
  [field: string]: any;
}

/** A kind and a name, for a person. */
export function describe({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

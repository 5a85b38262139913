import type { WatchedObject } from '../objects/types';
import { labelsOf, recordOf } from './readers';

type Labels = Readonly<Record<string, string>>;

/** The labels that pods need to get requests of a Service; empty if it selects none. */
export function selectorOf(service: WatchedObject): Labels {
  return labelsOf(recordOf(recordOf(service).spec).selector);
}

/** Whether a Service with this selector sends requests to pods with these labels. */
export function selects(selector: Labels, labels: Labels): boolean {
  const wanted = Object.entries(selector);
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

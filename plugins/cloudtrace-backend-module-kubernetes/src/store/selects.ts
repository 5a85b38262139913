import { labelsOf } from './readers';

/** Whether a Service with this selector sends requests to pods with these labels. */
export function selects(
  selector: unknown,
  labels: Readonly<Record<string, string>>,
): boolean {
  const wanted = Object.entries(labelsOf(selector));
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

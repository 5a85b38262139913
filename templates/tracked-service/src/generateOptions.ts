import { trackedService } from '../options';

/** Returns the content of `options.generated.json`, which the scaffolder reads beside the template. */
export function generateOptions(): string {
  return `${JSON.stringify(trackedService, null, 2)}\n`;
}

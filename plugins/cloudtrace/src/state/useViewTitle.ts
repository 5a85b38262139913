import { messages } from '../messages';
import { useText } from './useText';

const keys = [
  'overview',
  'load',
  'requests',
  'health',
  'scaling',
  'failovers',
  'metrics',
  'security',
  'diagnostics',
] as const;

const keyByTitle = new Map<string, (typeof keys)[number]>(
  keys.map(key => [messages[key].title, key]),
);

/**
 * Returns the title of a view in the viewer's language. Titles of other
 * plugins' views, and titles renamed in `app.extensions`, stay unchanged.
 */
export function useViewTitle(): (title: string) => string {
  const t = useText();
  return title => {
    const key = keyByTitle.get(title);
    return key ? t(`${key}.title`) : title;
  };
}

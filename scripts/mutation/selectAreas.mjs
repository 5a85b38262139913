import { areas } from './areas.mjs';

const isNamed = (file, name) => file.endsWith(`/${name}.ts`);

/**
 * The areas that arguments name, each with its files. The name of a file
 * selects this file alone; no argument selects everything.
 */
export function selectAreas(names) {
  const all = Object.entries(areas).map(([name, area]) => ({ name, ...area }));
  const unknown = names.filter(
    name =>
      !areas[name] &&
      !all.some(({ files }) => files.some(file => isNamed(file, name))),
  );
  if (unknown.length > 0) {
    throw new Error(
      `Unknown: ${unknown.join(', ')}. Name an area (${Object.keys(areas).join(
        ', ',
      )}) or one of its files, such as TokenRules.`,
    );
  }
  if (names.length === 0) return all;
  return all
    .map(area => ({
      ...area,
      files: area.files.filter(
        file =>
          names.includes(area.name) || names.some(name => isNamed(file, name)),
      ),
    }))
    .filter(({ files }) => files.length > 0);
}

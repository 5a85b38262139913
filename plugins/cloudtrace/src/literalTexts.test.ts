// The test reads source files, so it needs Node.js instead of a browser
// environment.
/* eslint-disable no-restricted-imports */
import { readFileSync, readdirSync } from 'fs';
import { join } from 'path';
import { findLiteralTexts } from './testUtils/findLiteralTexts';

/** Names that are the same in every language; all other texts belong in the messages. */
const names: Record<string, string[]> = {
  'plugin.tsx': ['CloudTrace'],
  'extensions/entityContents.tsx': ['CloudTrace'],
  'extensions/pages.tsx': ['CloudTrace'],
};

const components = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.tsx') && !/\.test\.tsx$|^test\//.test(file))
  .sort();

describe('findLiteralTexts', () => {
  it.each([
    ['text between tags', '<p>No data</p>'],
    ['a string in braces', "<p>{'No data'}</p>"],
    ['a choice', "<p>{ok ? 'No data' : null}</p>"],
    ['a fallback', "<p>{name || 'No data'}</p>"],
    ['a prop', '<A label="No data" />'],
    ['a prop in braces', "<A aria-label={x ?? 'No data'} />"],
    ['a property', "const x = { title: 'No data' };"],
    ['a sentence anywhere', "const f = () => 'No data';"],
  ])('finds %s', (_, source) => {
    expect(findLiteralTexts(source)).toEqual(['No data']);
  });

  it('finds the fixed parts of a template', () => {
    // eslint-disable-next-line no-template-curly-in-string
    expect(findLiteralTexts('<A title={`${count} items`} />')).toEqual([
      '… items',
    ]);
  });

  it.each([
    ['translated text', "<p>{t('load.title')}</p>"],
    ['a comparison', "<A label={x === 'no data' ? y : z} />"],
    ['signs', '<p>– · 1</p>'],
    ['a prop that nobody reads', '<A variant="body2" sx={{ color: "red" }} />'],
    ['a template of values', '<p>{`${a} – ${b}`}</p>'],
  ])('ignores %s', (_, source) => {
    expect(findLiteralTexts(source)).toEqual([]);
  });
});

describe('the components', () => {
  it('are found', () => {
    expect(components.length).toBeGreaterThan(100);
  });

  it('show only translatable text', () => {
    const found = Object.fromEntries(
      components
        .map(file => [
          file,
          findLiteralTexts(readFileSync(join(__dirname, file), 'utf8')).filter(
            text => !names[file]?.includes(text),
          ),
        ])
        .filter(([, texts]) => texts.length > 0),
    );
    expect(found).toEqual({});
  });
});

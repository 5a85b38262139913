import { jsonError } from './jsonError';
import { parseJson } from './parseJson';

describe('jsonError', () => {
  it.each([
    ['', 'it ends too early'],
    ['{"kind":', 'it ends too early'],
    ['{"secret": "hunter2', 'it ends too early'],
    ['hunter2', "unexpected character 'h'"],
    ['{"secret": hunter2}', "unexpected character 'h'"],
    [
      '{\n  "secret": "hunter2",\n}',
      /^the fault is (in line 3, column 1|at position 25)$/,
    ],
  ])('locates the fault in %j without quoting the body', (body, fault) => {
    const start = 'The body is not valid JSON: ';
    let message = '';
    try {
      parseJson(Buffer.from(body));
    } catch (error) {
      expect(error).toMatchObject({ name: 'InputError' });
      message = (error as Error).message;
    }
    expect(message.slice(0, start.length)).toBe(start);
    expect(message.slice(start.length)).toMatch(fault);
    expect(message).not.toContain('hunter');
  });

  it.each([
    ['Unexpected token h in JSON at position 4', 'the fault is at position 4'],
    ['A text of another engine', 'it cannot be parsed'],
  ])('passes on no unknown text: %s', (message, fault) => {
    expect(jsonError(new SyntaxError(message)).message).toBe(
      `The body is not valid JSON: ${fault}`,
    );
  });
});

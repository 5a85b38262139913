import { DATA_NOTE, Notes } from './Notes';

describe('Notes', () => {
  it('says first that outside texts are data, then what is left out', () => {
    const notes = new Notes();
    expect(notes.first([1, 2, 3], 2, 'numbers')).toEqual([1, 2]);
    expect(notes.first([1], 2, 'letters')).toEqual([1]);
    expect(notes.first([1, 2], 2, 'routes', 7)).toEqual([1, 2]);
    notes.hidden(['security']);
    expect(notes.list()).toEqual([
      DATA_NOTE,
      'Shows 2 of 3 numbers.',
      'Shows 2 of 7 routes.',
      'The caller may not read security findings: they are missing here, which says nothing about the service.',
    ]);
  });
});

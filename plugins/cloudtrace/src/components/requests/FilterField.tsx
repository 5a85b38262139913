import TextField from '@mui/material/TextField';
import { useEffect, useState } from 'react';

/**
 * A text filter that applies on Enter and on blur: a query per keystroke would
 * ask the database for incomplete values.
 */
export function FilterField(props: {
  label: string;
  value: string;
  onCommit: (value: string) => void;
  validate?: (value: string) => string | undefined;
  numeric?: boolean;
  width?: number;
}) {
  const { label, value, onCommit, validate, numeric, width = 120 } = props;
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const problem = draft ? validate?.(draft) : undefined;
  const commit = () => {
    if (draft !== value && !problem) {
      onCommit(draft.trim());
    }
  };
  return (
    <TextField
      size="small"
      label={label}
      value={draft}
      error={Boolean(problem)}
      helperText={problem}
      onChange={event => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={event => {
        if (event.key === 'Enter') {
          commit();
        }
      }}
      inputProps={numeric ? { inputMode: 'decimal' } : undefined}
      sx={{ width, maxWidth: '100%' }}
    />
  );
}

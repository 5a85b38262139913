import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** Represents no selection; no filter value equals it. */
const ANY = '*';

/** A select for one value. `anyText` adds a first item for no selection. */
export function ChoiceField<T extends string>(props: {
  label: string;
  value: T | undefined;
  /** An unlisted value, such as one from an old link, is also shown. */
  options: readonly T[];
  labelOf: (option: T) => string;
  anyText?: string;
  minWidth?: number;
  onChange: (value: T | undefined) => void;
}) {
  const { label, value, options, labelOf, anyText, minWidth = 140 } = props;
  const shown =
    value === undefined || options.includes(value)
      ? options
      : [...options, value];
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value ?? ANY}
      sx={{ minWidth }}
      onChange={event =>
        props.onChange(
          event.target.value === ANY ? undefined : (event.target.value as T),
        )
      }
    >
      {anyText && <MenuItem value={ANY}>{anyText}</MenuItem>}
      {shown.map(option => (
        <MenuItem key={option} value={option}>
          {labelOf(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}

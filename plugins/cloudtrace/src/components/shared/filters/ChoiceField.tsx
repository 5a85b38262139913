import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** Stands for no choice; no value of a filter looks like it. */
const ANY = '*';

/** One of several values. With `anyText` there is a first item for none of them. */
export function ChoiceField<T extends string>(props: {
  label: string;
  value: T | undefined;
  /** A value that is not among them, such as one of an old link, is shown too. */
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

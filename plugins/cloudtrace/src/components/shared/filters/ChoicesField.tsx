import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';

/** A select for any number of values; none selected means all. */
export function ChoicesField<T extends string>(props: {
  label: string;
  value: readonly T[];
  /** Unlisted values, such as those from an old link, are also shown. */
  options: readonly T[];
  labelOf: (option: T) => string;
  onChange: (value: T[]) => void;
}) {
  const { label, value, options, labelOf, onChange } = props;
  return (
    <TextField
      select
      size="small"
      label={label}
      value={value}
      sx={{ minWidth: 130, maxWidth: 240 }}
      SelectProps={{
        multiple: true,
        renderValue: chosen => (chosen as T[]).map(labelOf).join(', '),
      }}
      onChange={event => onChange(event.target.value as unknown as T[])}
    >
      {[...new Set([...options, ...value])].map(option => (
        <MenuItem key={option} value={option}>
          {labelOf(option)}
        </MenuItem>
      ))}
    </TextField>
  );
}

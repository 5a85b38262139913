import FormControlLabel from '@mui/material/FormControlLabel';
import { styled } from '@mui/material/styles';
import Switch from '@mui/material/Switch';

const Label = styled(FormControlLabel)({ marginLeft: 0 });

/** A filter that is either on or off. */
export function SwitchField(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const { label, checked, onChange } = props;
  return (
    <Label
      control={
        <Switch
          size="small"
          checked={checked}
          onChange={event => onChange(event.target.checked)}
        />
      }
      label={label}
    />
  );
}

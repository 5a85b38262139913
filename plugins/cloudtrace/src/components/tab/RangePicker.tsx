import { Button } from '@backstage/ui';
import MenuItem from '@mui/material/MenuItem';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { styled } from '@mui/material/styles';
import { useState, type FormEvent } from 'react';
import {
  formatDateTime,
  fromInputValue,
  toInputValue,
  type TimeZoneMode,
} from '../../lib/format';
import {
  RANGE_PRESETS_MS,
  resolveRange,
  type RangePreset,
  type TimeRange,
} from '../../lib/timeRange';
import { useText } from '../../state/useText';
import { Row } from '../shared/layout/Row';

const PRESETS = Object.keys(RANGE_PRESETS_MS) as RangePreset[];
const CUSTOM = 'custom';

const Form = styled('form')(({ theme }) => ({
  padding: theme.spacing(2),
  display: 'grid',
  gap: theme.spacing(2),
  width: 280,
  maxWidth: '90vw',
}));

const Presets = styled(ToggleButtonGroup)(({ theme }) => ({
  '& .MuiToggleButton-root, & .v5-MuiToggleButton-root': {
    textTransform: 'none',
    paddingLeft: theme.spacing(1.25),
    paddingRight: theme.spacing(1.25),
    paddingTop: theme.spacing(0.5),
    paddingBottom: theme.spacing(0.5),
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
  },
}));

function CustomRangeForm(props: {
  range: TimeRange;
  timeZone: TimeZoneMode;
  onApply: (range: TimeRange) => void;
  onCancel: () => void;
}) {
  const t = useText();
  const { range, timeZone, onApply, onCancel } = props;
  const initial = resolveRange(range, Date.now());
  const [from, setFrom] = useState(toInputValue(initial.fromMs, timeZone));
  const [to, setTo] = useState(toInputValue(initial.toMs, timeZone));
  const fromMs = fromInputValue(from, timeZone);
  const toMs = fromInputValue(to, timeZone);
  const valid = fromMs < toMs;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (valid) {
      onApply({ kind: 'absolute', fromMs, toMs });
    }
  };
  return (
    <Form onSubmit={submit}>
      <Typography variant="subtitle2" component="h2">
        {t('frame.customTitle', {
          zone: timeZone === 'utc' ? t('frame.utc') : t('frame.local'),
        })}
      </Typography>
      <TextField
        type="datetime-local"
        size="small"
        label={t('frame.from')}
        value={from}
        onChange={event => setFrom(event.target.value)}
        InputLabelProps={{ shrink: true }}
      />
      <TextField
        type="datetime-local"
        size="small"
        label={t('frame.to')}
        value={to}
        onChange={event => setTo(event.target.value)}
        InputLabelProps={{ shrink: true }}
        error={!valid}
        helperText={valid ? undefined : t('frame.invalidRange')}
      />
      <Row justify="flex-end">
        <Button variant="tertiary" onPress={onCancel}>
          {t('frame.cancel')}
        </Button>
        <Button type="submit" variant="primary" isDisabled={!valid}>
          {t('frame.apply')}
        </Button>
      </Row>
    </Form>
  );
}

/** Selects a range: presets side by side, or a list on narrow screens. */
export function RangePicker(props: {
  range: TimeRange;
  timeZone: TimeZoneMode;
  onChange: (range: TimeRange) => void;
}) {
  const { range, timeZone, onChange } = props;
  const t = useText();
  const narrow = useMediaQuery('(max-width: 760px)');
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const selected = range.kind === 'relative' ? range.preset : CUSTOM;
  const customLabel =
    range.kind === 'absolute'
      ? `${formatDateTime(range.fromMs, timeZone)} – ${formatDateTime(
          range.toMs,
          timeZone,
        )}`
      : t('frame.custom');

  const choose = (value: string | null, element: HTMLElement) => {
    // A click on the selected button yields null; only the form offers more.
    if (value === CUSTOM || (value === null && selected === CUSTOM)) {
      setAnchor(element);
    } else if (value !== null) {
      onChange({ kind: 'relative', preset: value as RangePreset });
    }
  };

  return (
    <>
      {narrow ? (
        <TextField
          select
          size="small"
          label={t('frame.range')}
          value={selected}
          sx={{ minWidth: 130, maxWidth: '100%' }}
          SelectProps={{
            renderValue: () =>
              selected === CUSTOM ? customLabel : t(`frame.ranges.${selected}`),
          }}
        >
          {PRESETS.map(preset => (
            <MenuItem
              key={preset}
              value={preset}
              onClick={event => choose(preset, event.currentTarget)}
            >
              {t(`frame.ranges.${preset}`)}
            </MenuItem>
          ))}
          <MenuItem value={CUSTOM} onClick={() => setAnchor(document.body)}>
            {t('frame.custom')}
          </MenuItem>
        </TextField>
      ) : (
        <Presets
          exclusive
          size="small"
          value={selected}
          aria-label={t('frame.range')}
          onChange={(event, value) =>
            choose(value, event.currentTarget as HTMLElement)
          }
        >
          {PRESETS.map(preset => (
            <ToggleButton key={preset} value={preset}>
              {t(`frame.ranges.${preset}`)}
            </ToggleButton>
          ))}
          <ToggleButton value={CUSTOM}>{customLabel}</ToggleButton>
        </Presets>
      )}
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
      >
        <CustomRangeForm
          range={range}
          timeZone={timeZone}
          onCancel={() => setAnchor(null)}
          onApply={next => {
            setAnchor(null);
            onChange(next);
          }}
        />
      </Popover>
    </>
  );
}

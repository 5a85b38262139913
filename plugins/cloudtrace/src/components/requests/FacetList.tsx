import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import type { FacetValue } from '@cloudtrace/plugin-cloudtrace-common';
import { useState } from 'react';
import { formatCount, formatExact } from '../../lib/format';
import { useText } from '../../state/useText';

const SHORT = 6;

/** Red marks values whose errors need attention. */
const NOTABLE_ERROR_RATE = 0.01;

/** The values of one filter with their counts, as checkboxes. */
export function FacetList(props: {
  title: string;
  values: FacetValue[];
  selected: string[];
  labelOf?: (value: FacetValue) => string;
  onChange: (selected: string[]) => void;
}) {
  const { title, values, selected, onChange } = props;
  const { labelOf = value => value.label || value.value } = props;
  const t = useText();
  const [all, setAll] = useState(false);
  // A selected value without requests stays visible, so that it can be cleared.
  const missing = selected
    .filter(item => !values.some(value => value.value === item))
    .map(value => ({ value, requests: 0, errors: 0 }));
  const listed = [...values, ...missing];
  const shown = all
    ? listed
    : listed.filter((value, i) => i < SHORT || selected.includes(value.value));
  if (listed.length === 0) {
    return null;
  }
  return (
    <Box component="fieldset" sx={{ border: 0, m: 0, p: 0, minWidth: 0 }}>
      <Typography
        component="legend"
        variant="caption"
        color="text.secondary"
        sx={{ fontWeight: 600, p: 0 }}
      >
        {title}
      </Typography>
      {shown.map(value => (
        <Box
          key={value.value}
          sx={{ display: 'flex', alignItems: 'center', minWidth: 0 }}
        >
          <FormControlLabel
            sx={{ flexGrow: 1, minWidth: 0, m: 0 }}
            componentsProps={{
              typography: { variant: 'body2', noWrap: true },
            }}
            control={
              <Checkbox
                size="small"
                sx={{ p: 0.25, mr: 0.5 }}
                checked={selected.includes(value.value)}
                onChange={event =>
                  onChange(
                    event.target.checked
                      ? [...selected, value.value]
                      : selected.filter(item => item !== value.value),
                  )
                }
              />
            }
            label={labelOf(value)}
            title={`${labelOf(value)}: ${t('requests.facetRequests', {
              count: value.requests,
              number: formatExact(value.requests),
            })}, ${t('requests.facetErrors', {
              count: value.errors,
              number: formatExact(value.errors),
            })}`}
          />
          <Typography
            variant="caption"
            color={
              value.errors >= value.requests * NOTABLE_ERROR_RATE &&
              value.errors > 0
                ? 'error.main'
                : 'text.secondary'
            }
            sx={{ fontVariantNumeric: 'tabular-nums', pl: 1 }}
          >
            {formatCount(value.requests)}
          </Typography>
        </Box>
      ))}
      {listed.length > SHORT && (
        <Button
          size="small"
          sx={{ textTransform: 'none', p: 0 }}
          onClick={() => setAll(!all)}
        >
          {all
            ? t('requests.facetLess')
            : t('requests.facetMore', { number: String(listed.length) })}
        </Button>
      )}
    </Box>
  );
}

import { Button } from '@backstage/ui';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Typography from '@mui/material/Typography';
import { styled } from '@mui/material/styles';
import type { FacetValue } from '@cloudtrace/plugin-cloudtrace-common';
import { useState } from 'react';
import { formatCount, formatExact } from '../../lib/format';
import { useText } from '../../state/useText';
import { Row } from '../shared/layout/Row';

const SHORT = 6;

/** Red marks values whose errors need attention. */
const NOTABLE_ERROR_RATE = 0.01;

const Fieldset = styled('fieldset')({
  border: 0,
  margin: 0,
  padding: 0,
  minWidth: 0,
});

const Legend = styled(Typography)({
  fontWeight: 600,
  padding: 0,
}) as typeof Typography;

const Choice = styled(FormControlLabel)({
  flexGrow: 1,
  minWidth: 0,
  margin: 0,
});

const DenseCheckbox = styled(Checkbox)(({ theme }) => ({
  padding: theme.spacing(0.25),
  marginRight: theme.spacing(0.5),
}));

const Count = styled(Typography)(({ theme }) => ({
  fontVariantNumeric: 'tabular-nums',
  paddingLeft: theme.spacing(1),
}));

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
    <Fieldset>
      <Legend component="legend" variant="caption" color="text.secondary">
        {title}
      </Legend>
      {shown.map(value => (
        <Row key={value.value} gap={0}>
          <Choice
            componentsProps={{
              typography: { variant: 'body2', noWrap: true },
            }}
            control={
              <DenseCheckbox
                size="small"
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
          <Count
            variant="caption"
            color={
              value.errors >= value.requests * NOTABLE_ERROR_RATE &&
              value.errors > 0
                ? 'error.main'
                : 'text.secondary'
            }
          >
            {formatCount(value.requests)}
          </Count>
        </Row>
      ))}
      {listed.length > SHORT && (
        <Button variant="tertiary" onPress={() => setAll(!all)}>
          {all
            ? t('requests.facetLess')
            : t('requests.facetMore', { number: String(listed.length) })}
        </Button>
      )}
    </Fieldset>
  );
}

import { Button } from '@backstage/ui';
import UndoIcon from '@mui/icons-material/Undo';
import VpnKeyOutlinedIcon from '@mui/icons-material/VpnKeyOutlined';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Tooltip from '@mui/material/Tooltip';
import { styled } from '@mui/material/styles';
import { useCloudtrace } from '../../state/CloudtraceContext';
import { useText } from '../../state/useText';
import { useViewParams } from '../../state/useViewParams';
import { TOKENS_PARAM } from '../../state/tokensParam';
import { LiveSwitch } from './LiveSwitch';
import { RangePicker } from './RangePicker';
import { Spacer } from '../shared/layout/Spacer';
import { Row } from '../shared/layout/Row';

const Bar = styled('div')(({ theme }) => ({
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: theme.spacing(1.5),
  rowGap: theme.spacing(1),
}));

const ZoneButton = styled(ToggleButton)(({ theme }) => ({
  textTransform: 'none',
  paddingLeft: theme.spacing(1),
  paddingRight: theme.spacing(1),
  paddingTop: theme.spacing(0.25),
  paddingBottom: theme.spacing(0.25),
}));

/** The bar that is the same in every view. */
export function TabBar() {
  const t = useText();
  const { environment, environments, tab } = useCloudtrace();
  const [, setParams] = useViewParams();
  const { back } = tab;
  return (
    <Bar role="toolbar" aria-label={t('frame.range')}>
      <TextField
        select
        size="small"
        label={t('frame.environment')}
        value={environment}
        onChange={event => tab.change({ environment: event.target.value })}
        sx={{ minWidth: 130 }}
      >
        {environments.map(name => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </TextField>
      <RangePicker
        range={tab.range}
        timeZone={tab.timeZone}
        onChange={tab.setRange}
      />
      {back && (
        <Button
          variant="secondary"
          iconStart={<UndoIcon />}
          onPress={tab.zoomBack}
        >
          {back.kind === 'relative'
            ? t('frame.zoomBack', { range: t(`frame.ranges.${back.preset}`) })
            : t('frame.zoomBackFixed')}
        </Button>
      )}
      <Spacer />
      <Row>
        <LiveSwitch />
        <ToggleButtonGroup
          exclusive
          size="small"
          value={tab.timeZone}
          aria-label={t('frame.timeZone')}
          onChange={(_, value) => value && tab.change({ timeZone: value })}
        >
          <ZoneButton value="local">{t('frame.local')}</ZoneButton>
          <ZoneButton value="utc">{t('frame.utc')}</ZoneButton>
        </ToggleButtonGroup>
        <Tooltip title={t('frame.tokens')}>
          <IconButton
            size="small"
            aria-label={t('frame.tokens')}
            onClick={() => setParams({ [TOKENS_PARAM]: 'open' })}
          >
            <VpnKeyOutlinedIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      </Row>
    </Bar>
  );
}

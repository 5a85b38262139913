import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { useText } from '../../state/useText';
import { groupFigures } from './groupFigures';

/** Every group with all its figures, for screens too narrow for a table. */
export function GroupList(props: {
  label: string;
  groups: LoadGroup[];
  withZone: boolean;
  nameOf: (group: LoadGroup) => ReactNode;
  trendOf: (group: LoadGroup) => ReactNode;
}) {
  const { label, groups, withZone, nameOf, trendOf } = props;
  const t = useText();
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}
    >
      {groups.map(group => (
        <Paper
          component="li"
          key={group.key}
          variant="outlined"
          sx={{ p: 1.5, minWidth: 0 }}
        >
          {nameOf(group)}
          {withZone && (
            <Typography variant="body2" color="text.secondary">
              {group.zone || t('load.noZone')}
            </Typography>
          )}
          <Box
            component="dl"
            sx={{
              m: 0,
              mt: 1,
              display: 'grid',
              gap: 1,
              gridTemplateColumns: 'repeat(3, minmax(0, 1fr))',
            }}
          >
            {groupFigures(group).map(({ column, value }) => (
              <Box key={column} sx={{ minWidth: 0 }}>
                <Typography
                  component="dt"
                  variant="caption"
                  color="text.secondary"
                >
                  {t(`load.columns.${column}`)}
                </Typography>
                <Typography
                  component="dd"
                  variant="body2"
                  sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}
                >
                  {value}
                </Typography>
              </Box>
            ))}
          </Box>
          {trendOf(group)}
        </Paper>
      ))}
    </Box>
  );
}

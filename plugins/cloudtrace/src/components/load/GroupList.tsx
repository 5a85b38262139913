import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { LoadGroup } from '@cloudtrace/plugin-cloudtrace-common';
import type { ReactNode } from 'react';
import { useText } from '../../state/useText';
import { groupFigures } from './groupFigures';
import { Surface } from '../shared/layout/Surface';
import { Shrinkable } from '../shared/layout/Shrinkable';

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
        <Surface component="li" key={group.key} padding={1.5}>
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
              <Shrinkable key={column}>
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
                  sx={{ fontVariantNumeric: 'tabular-nums' }}
                >
                  {value}
                </Typography>
              </Shrinkable>
            ))}
          </Box>
          {trendOf(group)}
        </Surface>
      ))}
    </Box>
  );
}

import type { ReactNode } from 'react';
import { Surface } from './layout/Surface';
import { Row } from './layout/Row';
import { Heading } from './text/Heading';

/** A section of a view with a title. */
export function Panel(props: {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { title, actions, children } = props;
  return (
    <Surface component="section" aria-label={title}>
      <Row mb={1}>
        <Heading component="h3" grow>
          {title}
        </Heading>
        {actions}
      </Row>
      {children}
    </Surface>
  );
}

import { styled } from '@mui/material/styles';
import { Link } from '../../routing';

/** The link with the name of a row. */
export const ServiceLink = styled(Link)(({ theme }) => ({
  color: theme.palette.primary.main,
  fontWeight: 600,
  textDecoration: 'none',
  '&:hover': { textDecoration: 'underline' },
}));

import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/**
 * The time, in whole steps of a second. It stands still while the page is
 * hidden: on return, data is read anew before its old age is shown.
 */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState !== 'hidden') setNow(Date.now());
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

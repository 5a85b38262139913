import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

/**
 * The time in whole seconds. It stops while the page is hidden, so that data is
 * refreshed on return before its old age is shown.
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

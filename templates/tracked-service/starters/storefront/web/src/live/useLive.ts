import { useEffect, useReducer } from 'react';
import { initialLive, reduceLive, type LiveState } from './liveState';

const signedOut = 1008;
const firstPauseMs = 300;
const longestPauseMs = 5_000;
const tickMs = 1_000;

/** Follows the live figures, and connects again when an instance stops. */
export function useLive(): LiveState {
  const [state, dispatch] = useReducer(reduceLive, initialLive);
  useEffect(() => {
    let socket: WebSocket | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const connect = () => {
      const url = `${location.origin.replace(/^http/, 'ws')}/api/live`;
      socket = new WebSocket(url);
      socket.onmessage = event => {
        failures = 0;
        const data = String(event.data);
        dispatch({ kind: 'message', data, atMs: Date.now() });
      };
      socket.onclose = event => {
        dispatch({ kind: 'closed', code: event.code });
        if (event.code !== signedOut) reconnect();
      };
    };
    const reconnect = () => {
      const pauseMs = Math.min(firstPauseMs * 2 ** failures, longestPauseMs);
      failures += 1;
      // Jitter keeps all dashboards from reaching the next instance at the same moment.
      timer = setTimeout(connect, pauseMs * (0.5 + Math.random() / 2));
    };

    connect();
    const clock = setInterval(
      () => dispatch({ kind: 'tick', atMs: Date.now() }),
      tickMs,
    );
    return () => {
      clearInterval(clock);
      clearTimeout(timer);
      if (socket) socket.onclose = null;
      socket?.close();
    };
  }, []);
  return state;
}

import { useState } from 'react';
import { transports, type Transport } from '../live/types';

const key = 'transport';

/** The transport that the user chose in this browser. */
export function useTransport(): [Transport, (transport: Transport) => void] {
  const [transport, setTransport] = useState(readTransport);
  const choose = (chosen: Transport) => {
    localStorage.setItem(key, chosen);
    setTransport(chosen);
  };
  return [transport, choose];
}

function readTransport(): Transport {
  const stored = localStorage.getItem(key);
  return transports.find(each => each === stored) ?? 'socket.io';
}

package io.araldo.examples.interop;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;

/**
 * Sockets that do not tell the end of a connection before something was written to it. Paho 1.2.5 starts a thread that
 * reads, and then waits for it to run; when the broker has closed the connection by then, the reader has ended, and Paho
 * waits for ever: a thread lost for each attempt. As it writes for the first time when its threads run, this helps.
 */
final class PatientSockets extends SocketFactory {
    @Override
    public Socket createSocket() {
        return new PatientSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return new Socket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return new Socket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return new Socket(address, port, localAddress, localPort);
    }

    private static final class PatientSocket extends Socket {
        /** Open once something was written, or the socket is closed. */
        private final CountDownLatch begun = new CountDownLatch(1);

        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    try {
                        int count = super.read(bytes, offset, length);
                        return count < 0 ? afterBegin(count) : count;
                    } catch (SocketTimeoutException e) {
                        throw e;
                    } catch (IOException e) {
                        afterBegin(-1);
                        throw e;
                    }
                }
            };
        }

        private int afterBegin(int count) {
            try {
                begun.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return count;
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(int one) throws IOException {
                    begun.countDown();
                    out.write(one);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    begun.countDown();
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            begun.countDown();
            super.close();
        }
    }
}

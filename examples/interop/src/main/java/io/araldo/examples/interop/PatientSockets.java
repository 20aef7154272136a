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
import org.jspecify.annotations.Nullable;

/**
 * Sockets around two ways in which Paho 1.2.5 loses a thread for ever.
 *
 * <p>They do not tell the end of a connection before something was written to it. Paho starts a thread that reads, and
 * then waits for it to run; when the broker has closed the connection by then, the reader has ended, and Paho waits for
 * ever: a thread lost for each attempt. As it writes for the first time when its threads run, this helps.
 *
 * <p>And when they are closed, they interrupt the thread that writes. It asks whether it shall end, and then waits for
 * something to write; Paho wakes it once, which is too early if it is just between. An interrupt is there when it comes
 * to wait, and by then Paho knows that the connection has ended.
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

        /** Who has written last: a thread of Paho's own. Set by that thread. */
        private volatile @Nullable Thread writer;

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

        private void begin() {
            writer = Thread.currentThread();
            begun.countDown();
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
                    begin();
                    out.write(one);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    begin();
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public synchronized void close() throws IOException {
            begun.countDown();
            super.close();
            Thread waiting = writer;
            if (waiting != null && waiting != Thread.currentThread()) {
                waiting.interrupt();
            }
        }
    }
}

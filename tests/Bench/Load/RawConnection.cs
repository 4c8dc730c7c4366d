using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrainingSite.Bench.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that spends as little processor time as it can, because the site under load runs on the same
/// two cores: its thread waits in the system's own call, an answer stays where it was received, and only its status, its length and, when
/// asked for, its body are looked at.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];
    private byte[] _body = [];
    private int _start;
    private int _end;

    public RawConnection(Uri address)
    {
        var host = address.IsLoopback ? IPAddress.Loopback : throw new ArgumentException($"{address} is not on this machine; the driver only loads loopback.");
        _socket.Connect(host, address.Port);
    }

    public static byte[] Get(Uri address, string path, string headers) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}\r\n");

    public static byte[] Post(Uri address, string path, string headers, byte[] body) =>
        [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];

    /// <summary>Sends a prepared request and waits for the whole answer.</summary>
    /// <returns>The status, and the body when asked for; it lasts until the next request.</returns>
    public (int Status, ReadOnlyMemory<byte> Body) Send(ReadOnlySpan<byte> request, bool keepBody = false)
    {
        _socket.Send(request);
        var headerEnd = ReadUntil("\r\n\r\n"u8, _start);
        var (status, length, chunked) = ReadHeaders(_buffer.AsSpan(_start, headerEnd - _start));
        _start = headerEnd;
        return (status, chunked ? ReadChunks(keepBody) : Take(length));
    }

    public void Dispose() => _socket.Dispose();

    private static (int Status, int Length, bool Chunked) ReadHeaders(ReadOnlySpan<byte> headers)
    {
        _ = Utf8Parser.TryParse(headers[9..12], out int status, out _);
        var at = headers.IndexOf("Content-Length: "u8);
        var length = 0;
        if (at >= 0)
        {
            _ = Utf8Parser.TryParse(headers[(at + 16)..], out length, out _);
        }

        return (status, length, at < 0 && headers.IndexOf("chunked"u8) >= 0);
    }

    private ReadOnlyMemory<byte> ReadChunks(bool keepBody)
    {
        var kept = 0;
        while (true)
        {
            var lineEnd = ReadUntil("\r\n"u8, _start);
            _ = Utf8Parser.TryParse(_buffer.AsSpan(_start, lineEnd - _start), out int size, out _, 'x');
            _start = lineEnd;
            var chunk = Take(size + 2)[..size];
            if (size == 0)
            {
                return _body.AsMemory(0, kept);
            }

            if (keepBody)
            {
                if (_body.Length < kept + size)
                {
                    Array.Resize(ref _body, (kept + size) * 2);
                }

                chunk.CopyTo(_body.AsMemory(kept));
                kept += size;
            }
        }
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        while (_end - _start < count)
        {
            Fill(count);
        }

        _start += count;
        return _buffer.AsMemory(_start - count, count);
    }

    private int ReadUntil(ReadOnlySpan<byte> mark, int from)
    {
        while (true)
        {
            var found = _buffer.AsSpan(from, _end - from).IndexOf(mark);
            if (found >= 0)
            {
                return from + found + mark.Length;
            }

            from -= Fill(_end - _start + 1);
        }
    }

    /// <summary>Receives more, with room for so many bytes that are not used up.</summary>
    /// <returns>How far what is there moved to the front.</returns>
    private int Fill(int room)
    {
        var moved = 0;
        if (_start == _end || _buffer.Length - _start < room || _end == _buffer.Length)
        {
            var target = _buffer.Length < room ? new byte[room * 2] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(target);
            (moved, _buffer, _end, _start) = (_start, target, _end - _start, 0);
        }

        var read = _socket.Receive(_buffer.AsSpan(_end));
        if (read == 0)
        {
            throw new IOException("The site closed the connection.");
        }

        _end += read;
        return moved;
    }
}

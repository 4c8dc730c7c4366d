using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrainingSite.Bench.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that spends as little processor time as it can, because the site under load runs on the same
/// two cores. Reads a response's status and skips its body.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[256 * 1024];
    private int _start;
    private int _end;

    public long BytesRead { get; private set; }

    public async Task ConnectAsync(Uri address)
    {
        var host = address.IsLoopback ? IPAddress.Loopback : throw new ArgumentException($"{address} is not on this machine; the driver only loads loopback.");
        await _socket.ConnectAsync(host, address.Port);
    }

    public static byte[] Get(Uri address, string path, string headers) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}\r\n");

    public static byte[] Post(Uri address, string path, string headers, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes($"POST {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
    }

    /// <summary>Sends a prepared request and waits for the whole answer.</summary>
    /// <returns>The status, and the body when asked for.</returns>
    public async ValueTask<(int Status, string Body)> SendAsync(ReadOnlyMemory<byte> request, bool keepBody = false)
    {
        await _socket.SendAsync(request);
        var headerEnd = await ReadUntilAsync("\r\n\r\n"u8.ToArray());
        var headers = Encoding.ASCII.GetString(_buffer, _start, headerEnd - _start);
        _start = headerEnd;
        var status = int.Parse(headers.AsSpan(9, 3), NumberStyles.None, CultureInfo.InvariantCulture);
        var body = keepBody ? new StringBuilder() : null;
        if (Header(headers, "Content-Length: ") is { } length)
        {
            await SkipAsync(int.Parse(length, CultureInfo.InvariantCulture), body);
        }
        else if (headers.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            await SkipChunksAsync(body);
        }

        return (status, body?.ToString() ?? "");
    }

    public void Dispose() => _socket.Dispose();

    private static string? Header(string headers, string name)
    {
        var at = headers.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : headers[(at + name.Length)..headers.IndexOf('\r', at)];
    }

    private async ValueTask SkipChunksAsync(StringBuilder? body)
    {
        while (true)
        {
            var lineEnd = await ReadUntilAsync("\r\n"u8.ToArray());
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, _start, lineEnd - _start - 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            _start = lineEnd;
            await SkipAsync(size, body);
            await SkipAsync(2, keep: null);
            if (size == 0)
            {
                return;
            }
        }
    }

    private async ValueTask SkipAsync(int count, StringBuilder? keep)
    {
        while (count > 0)
        {
            if (_start == _end)
            {
                await FillAsync();
            }

            var take = Math.Min(count, _end - _start);
            keep?.Append(Encoding.UTF8.GetString(_buffer, _start, take));
            _start += take;
            count -= take;
        }
    }

    private async ValueTask<int> ReadUntilAsync(byte[] mark)
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf(mark);
            if (found >= 0)
            {
                return _start + found + mark.Length;
            }

            await FillAsync();
        }
    }

    private async ValueTask FillAsync()
    {
        if (_start == _end)
        {
            _start = _end = 0;
        }
        else if (_end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var read = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
        if (read == 0)
        {
            throw new IOException("The site closed the connection.");
        }

        _end += read;
        BytesRead += read;
    }
}

// SPDX-License-Identifier: Apache-2.0
//
// The only file of ours that includes Beast: it takes 12 s and 500 MB to
// compile.

#include "simulator/net/http_server.h"

#include <optional>
#include <thread>
#include <vector>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include "runtime/base/format.h"

namespace fcc::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

namespace {

// One connection: reads a request, hands it over, writes the answer, and again
// until the other side has enough. Keeps itself alive through its handlers.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, const HttpServerOptions& options,
             const HttpHandler& handler)
      : stream_(std::move(socket)), options_(options), handler_(handler) {}

  void Read() {
    parser_.emplace();
    parser_->body_limit(options_.max_body_bytes);
    stream_.expires_after(std::chrono::milliseconds(options_.idle_ms));
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, size_t) {
          self->Answer(error);
        });
  }

 private:
  void Answer(beast::error_code error) {
    if (error == http::error::end_of_stream || error == asio::error::eof ||
        error == beast::error::timeout || error == asio::error::timed_out) {
      Close();
      return;
    }
    if (error == http::error::body_limit) {
      Write({413, {}, ""}, false);
      return;
    }
    if (error) {
      // What is no HTTP gets one answer, what is no connection none.
      if (error.category() ==
          http::make_error_code(http::error::bad_method).category()) {
        Write({400, {}, ""}, false);
      }
      return;
    }
    http::request<http::string_body> message = parser_->release();
    HttpRequest request;
    request.method = std::string(message.method_string());
    request.url = std::string(message.target());
    for (const auto& field : message) {
      request.headers.Add(std::string(field.name_string()),
                          std::string(field.value()));
    }
    request.body = std::move(message.body());
    // Large uploads are read and answered on the connection's own thread; the
    // other threads go on serving.
    Write(handler_(request), message.keep_alive());
  }

  void Write(HttpResponse answer, bool keep_alive) {
    response_.emplace();
    response_->result(static_cast<unsigned>(answer.status));
    response_->reason(std::string(StatusPhrase(answer.status)));
    for (const Headers::Entry& entry : answer.headers.entries()) {
      response_->insert(entry.first, entry.second);
    }
    response_->body() = std::move(answer.body);
    response_->keep_alive(keep_alive);
    response_->prepare_payload();
    stream_.expires_after(std::chrono::milliseconds(options_.idle_ms));
    http::async_write(stream_, *response_,
                      [self = shared_from_this(), keep_alive](
                          beast::error_code error, size_t) {
                        if (error || !keep_alive) {
                          self->Close();
                        } else {
                          self->Read();
                        }
                      });
  }

  void Close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  const HttpServerOptions& options_;
  const HttpHandler& handler_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> response_;
};

class BeastServer : public HttpServer {
 public:
  BeastServer(const HttpServerOptions& options, HttpHandler handler)
      : options_(options),
        handler_(std::move(handler)),
        context_(options.threads),
        acceptor_(context_) {}

  ~BeastServer() override { Stop(); }

  base::Status Listen() {
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(),
                                 options_.port);
    beast::error_code error;
    acceptor_.open(endpoint.protocol(), error);
    if (!error) {
      acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
      acceptor_.bind(endpoint, error);
    }
    if (!error) {
      acceptor_.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
      return base::Error{error == asio::error::address_in_use
                             ? base::ErrorKind::kExists
                             : base::ErrorKind::kNetwork,
                         base::format("cannot listen on 127.0.0.1:{}: {}",
                                      options_.port, error.message())};
    }
    Accept();
    for (int at = 0; at < std::max(1, options_.threads); ++at) {
      threads_.emplace_back([this] { context_.run(); });
    }
    return {};
  }

  uint16_t port() const override {
    beast::error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }

  void Stop() override {
    context_.stop();
    for (std::thread& thread : threads_) {
      thread.join();
    }
    threads_.clear();
  }

 private:
  void Accept() {
    // A strand a connection: its own handlers never run at the same time.
    acceptor_.async_accept(asio::make_strand(context_),
                           [this](beast::error_code error, tcp::socket socket) {
                             if (error == asio::error::operation_aborted) {
                               return;
                             }
                             if (!error) {
                               std::make_shared<Connection>(std::move(socket),
                                                            options_, handler_)
                                   ->Read();
                             }
                             Accept();
                           });
  }

  HttpServerOptions options_;
  HttpHandler handler_;
  asio::io_context context_;
  tcp::acceptor acceptor_;
  std::vector<std::thread> threads_;
};

}  // namespace

base::Result<std::unique_ptr<HttpServer>> HttpServer::Start(
    const HttpServerOptions& options, HttpHandler handler) {
  auto server = std::make_unique<BeastServer>(options, std::move(handler));
  FCC_TRY(server->Listen());
  return std::unique_ptr<HttpServer>(std::move(server));
}

}  // namespace fcc::net

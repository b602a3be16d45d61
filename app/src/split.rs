//! Functions whose code the browser fetches when they are called first.

/// `split!(file, fn name(…) -> … { … })`: an asynchronous function, whose code stands in the file of that name where the
/// module is split (feature `split`), and which fails where that file does not come. Functions of one file may stand in
/// several modules.
macro_rules! split {
    ($file:ident, $(#[$attribute:meta])* $vis:vis fn $name:ident($($argument:ident: $type:ty),* $(,)?) -> $output:ty $body:block) => {
        $(#[$attribute])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($file, wasm_split_path = leptos::wasm_split, fallible)]
        $vis fn $name($($argument: $type),*) -> Result<$output, leptos::wasm_split::SplitLoaderError> {
            Ok($body)
        }

        $(#[$attribute])*
        #[cfg(not(feature = "split"))]
        $vis async fn $name($($argument: $type),*) -> Result<$output, std::convert::Infallible> {
            Ok($body)
        }
    };
}
pub(crate) use split;
